import { describe, expect, it } from 'vitest';
import { createBusinessPhone } from './business-phone.ts';
import { deregisterPhone, registerPhone } from './registration.ts';

const anHour = 60 * 60 * 1000;

function unregistered(changes: Partial<Parameters<typeof createBusinessPhone>[0]> = {}) {
  return createBusinessPhone({
    phoneNumberId: '1',
    displayPhoneNumber: '551132100000',
    wabaId: '2',
    verifiedName: 'Padaria Aurora',
    registered: false,
    ...changes,
  });
}

describe('registration (meta-facts §5.1 (2), §5)', () => {
  it('sets the first PIN, and asks for the same one afterwards', () => {
    const phone = unregistered();
    expect(registerPhone(phone, '123456', 0)).toBeNull();
    expect(phone).toMatchObject({ registered: true, pin: '123456' });
    expect(registerPhone(phone, '123456', 0)).toBeNull();
    expect(registerPhone(phone, '654321', 0)).toMatchObject({ code: 133005 });
    expect(phone.pin).toBe('123456');
  });

  it('takes ten calls in 72 hours, then blocks for 72 hours with #133016', () => {
    const phone = unregistered();
    for (let call = 0; call < 5; call += 1) {
      expect(registerPhone(phone, '123456', call)).toBeNull();
      expect(deregisterPhone(phone, call)).toBeNull();
    }
    expect(registerPhone(phone, '123456', anHour)).toMatchObject({ code: 133016 });
    expect(registerPhone(phone, '123456', 72 * anHour)).toMatchObject({ code: 133016 });
    expect(phone.registered).toBe(false);
    expect(registerPhone(phone, '123456', 73 * anHour)).toBeNull();
  });

  it('forgets calls of more than 72 hours ago', () => {
    const phone = unregistered();
    for (let call = 0; call < 20; call += 1) {
      expect(registerPhone(phone, '123456', call * 8 * anHour)).toBeNull();
    }
  });

  it('asks for verification first (133006), and leaves coexistence alone', () => {
    expect(registerPhone(unregistered({ codeVerificationStatus: 'EXPIRED' }), '123456', 0)).toMatchObject({
      code: 133006,
    });
    const coexisting = unregistered({ isOnBizApp: true });
    expect(registerPhone(coexisting, '123456', 0)).toMatchObject({ code: 100 });
    expect(deregisterPhone(coexisting, 0)).toMatchObject({ code: 100 });
  });
});
