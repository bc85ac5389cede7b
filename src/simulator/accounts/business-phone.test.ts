import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { readBusinessPhoneFields, readRegistration } from './business-phone.ts';

const phone = {
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
  wabaId: '300100300100300',
  verifiedName: 'Padaria Aurora',
  registered: true,
};

describe('fields of a business phone (meta-facts §7.2)', () => {
  it('gives what was asked for, and the id', () => {
    expect(readBusinessPhoneFields(phone, 'status,platform_type')).toEqual({
      ok: true,
      body: { status: 'CONNECTED', platform_type: 'CLOUD_API', id: '200100200100200' },
    });
  });

  it('gives the usual ones when nothing was asked for', () => {
    expect(readBusinessPhoneFields(phone, null)).toMatchObject({
      body: { verified_name: 'Padaria Aurora', display_phone_number: '+551132100000', id: '200100200100200' },
    });
  });

  it('tells an unregistered number by status and platform (meta-facts §5.1 (1))', () => {
    expect(readBusinessPhoneFields({ ...phone, registered: false }, 'status,platform_type')).toMatchObject({
      body: { status: 'PENDING', platform_type: 'NOT_APPLICABLE' },
    });
  });

  it.each(['colour', 'toString', 'id,,status'])('refuses a field that does not exist: %s', (fields) => {
    expect(readBusinessPhoneFields(phone, fields)).toMatchObject({ ok: false, refusal: { code: 100 } });
  });
});

describe('registration (meta-facts §5.1 (2))', () => {
  it.each<[string, Json, string | null, object]>([
    [
      'the first PIN is set',
      { messaging_product: 'whatsapp', pin: '123456' },
      null,
      { ok: true, pin: '123456' },
    ],
    ['the same PIN again', { messaging_product: 'whatsapp', pin: '123456' }, '123456', { ok: true }],
    [
      'another PIN',
      { messaging_product: 'whatsapp', pin: '654321' },
      '123456',
      { ok: false, refusal: { code: 133005 } },
    ],
    ['no product', { pin: '123456' }, null, { ok: false, refusal: { code: 100 } }],
    ['no PIN', { messaging_product: 'whatsapp' }, null, { ok: false, refusal: { code: 100 } }],
    [
      'five digits',
      { messaging_product: 'whatsapp', pin: '12345' },
      null,
      { ok: false, refusal: { code: 100 } },
    ],
    [
      'a PIN that is a number',
      { messaging_product: 'whatsapp', pin: 123456 },
      null,
      { ok: false, refusal: { code: 100 } },
    ],
    ['no body', null, null, { ok: false, refusal: { code: 100 } }],
  ])('%s', (_name, body, currentPin, result) => {
    expect(readRegistration(body, currentPin)).toMatchObject(result);
  });
});
