import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../domain/json.ts';
import { phoneFields, usualPhoneFields } from '../graph/business-phone.ts';
import { readFields } from '../graph/read-fields.ts';
import { goodConditions } from '../send/sending-conditions.ts';
import type { BusinessPhone } from './business-phone.ts';
import { openAccounts } from './open-accounts.ts';

const phone = {
  phoneNumberId: '200100100200100',
  displayPhoneNumber: '551132100000',
  wabaId: '300100300100300',
  verifiedName: 'Padaria Aurora',
  registered: true,
};

function open(changes: Partial<BusinessPhone> = {}) {
  return openAccounts(
    { now: () => 0 },
    {
      phones: [{ ...phone, ...changes }],
      appId: '1',
      appSecret: 's',
      verifyToken: 'v',
      accessToken: 'a',
      webhookUrl: null,
    },
  );
}

function fields(asked: string | null, changes: Partial<BusinessPhone> = {}) {
  const accounts = open(changes);
  return readFields(
    phoneFields(accounts.phone(), { accounts, conditions: goodConditions() }, '1'),
    asked,
    usualPhoneFields,
  );
}

describe('fields of a business phone (meta-facts §7.2)', () => {
  it('gives what was asked for, and the id', () => {
    expect(fields('status,platform_type')).toEqual({
      body: { status: 'CONNECTED', platform_type: 'CLOUD_API', id: '200100100200100' },
    });
  });

  it('gives the usual ones when nothing was asked for', () => {
    expect(fields(null)).toMatchObject({
      body: { verified_name: 'Padaria Aurora', display_phone_number: '+551132100000', id: '200100100200100' },
    });
  });

  it('tells an unregistered number by status and platform (meta-facts §5.1 (1))', () => {
    expect(fields('status,platform_type', { registered: false })).toMatchObject({
      body: { status: 'PENDING', platform_type: 'NOT_APPLICABLE' },
    });
  });

  it('tells everything that was set', () => {
    const set = {
      status: 'FLAGGED',
      platformType: 'ON_PREMISE',
      codeVerificationStatus: 'EXPIRED',
      nameStatus: 'PENDING_REVIEW',
      newNameStatus: 'DECLINED',
      qualityRating: 'RED',
      throughputLevel: 'HIGH',
      accountMode: 'SANDBOX',
      isOnBizApp: true,
      messagingLimit: 'TIER_100K',
    } as const;
    const asked =
      'status,platform_type,code_verification_status,name_status,new_name_status,quality_rating,throughput,account_mode,is_on_biz_app,whatsapp_business_manager_messaging_limit';
    expect(fields(asked, set)).toEqual({
      body: {
        id: '200100100200100',
        status: 'FLAGGED',
        platform_type: 'ON_PREMISE',
        code_verification_status: 'EXPIRED',
        name_status: 'PENDING_REVIEW',
        new_name_status: 'DECLINED',
        quality_rating: 'RED',
        throughput: { level: 'HIGH' },
        account_mode: 'SANDBOX',
        is_on_biz_app: true,
        whatsapp_business_manager_messaging_limit: 'TIER_100K',
      },
    });
  });

  it.each(['colour', 'toString', 'id,,status'])('refuses a field that does not exist: %s', (asked) => {
    expect(fields(asked)).toMatchObject({ refusal: { code: 100 } });
  });
});

describe('health of a business phone (meta-facts §7.2)', () => {
  function health(
    changes: Partial<BusinessPhone>,
    account: 'AVAILABLE' | 'LIMITED' | 'BLOCKED' = 'AVAILABLE',
  ) {
    const accounts = open(changes);
    accounts.whatsappAccount().canSendMessage = account;
    const all: JsonObject = phoneFields(accounts.phone(), { accounts, conditions: goodConditions() }, '1');
    return all.health_status;
  }

  it('is the worst of its four entities', () => {
    expect(health({})).toEqual({
      can_send_message: 'AVAILABLE',
      entities: [
        { entity_type: 'PHONE_NUMBER', id: '200100100200100', can_send_message: 'AVAILABLE' },
        { entity_type: 'WABA', id: '300100300100300', can_send_message: 'AVAILABLE' },
        { entity_type: 'BUSINESS', id: '600100600100600', can_send_message: 'AVAILABLE' },
        { entity_type: 'APP', id: '1', can_send_message: 'AVAILABLE' },
      ],
    });
    expect(health({ status: 'FLAGGED' })).toMatchObject({ can_send_message: 'LIMITED' });
    expect(health({ status: 'FLAGGED' }, 'BLOCKED')).toMatchObject({ can_send_message: 'BLOCKED' });
    expect(health({ canSendMessage: 'LIMITED' })).toMatchObject({ can_send_message: 'LIMITED' });
  });

  it('names why an unregistered number is blocked', () => {
    expect(health({ registered: false })).toMatchObject({
      can_send_message: 'BLOCKED',
      entities: [{ entity_type: 'PHONE_NUMBER', errors: [{ error_code: 133010 }] }, {}, {}, {}],
    });
  });
});
