import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../domain/json.ts';
import { readPhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import { judgeHealth } from './health.ts';

const limited = (account: JsonObject, phone: JsonObject = {}): JsonObject => ({
  id: '200100200100200',
  health_status: {
    can_send_message: 'LIMITED',
    entities: [
      { entity_type: 'PHONE_NUMBER', id: '200100200100200', can_send_message: 'LIMITED', ...phone },
      { entity_type: 'WABA', id: '300100300100300', can_send_message: 'LIMITED', ...account },
    ],
  },
});

function judgementOf(body: JsonObject) {
  const { reason, facts } = judgeHealth(readPhoneFacts(body));
  return [reason, facts['entity'], facts['message']];
}

describe('what Meta says of the health of a business phone', () => {
  it('says why with Meta’s number, whichever part has it', () => {
    const errors = [{ error_code: 131031, error_description: 'Account has been locked.' }];
    expect(judgementOf(limited({ errors }, { additional_info: ['The name is not approved.'] }))).toEqual([
      'health-bad',
      'WABA',
      'Account has been locked',
    ]);
  });

  it('says why in Meta’s words where no error has a number', () => {
    const told = ['health-told', 'WABA', 'The account awaits a review'];
    expect(judgementOf(limited({ additional_info: ['The account awaits a review.'] }))).toEqual(told);
    expect(judgementOf(limited({ additional_info: [{ text: 'The account awaits a review.' }] }))).toEqual(
      told,
    );
    expect(judgementOf(limited({ errors: [{ error_description: 'The account awaits a review.' }] }))).toEqual(
      told,
    );
  });

  it('says that Meta does not say why', () => {
    expect(judgementOf(limited({}))).toEqual(['health-unexplained', 'PHONE_NUMBER', '–']);
    expect(judgementOf({ health_status: { can_send_message: 'BLOCKED' } })[0]).toBe('health-unexplained');
    expect(judgementOf({})[0]).toBe('health-untold');
  });
});
