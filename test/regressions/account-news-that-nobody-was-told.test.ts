import { expect, it } from 'vitest';
import type { AlarmBody } from '../../src/server/contract/alarm.ts';
import type { BusinessPhoneBody } from '../../src/server/contract/business-phone.ts';
import type { TemplatePageBody } from '../../src/server/contract/template.ts';
import {
  type Page,
  type RunningGateway,
  runGateway,
  textMessage,
  webhookOf,
} from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';
import { businessPhoneId } from '../support/test-config.ts';

const wabaId = '300100300100300';
const now = Math.floor(Date.now() / 1000);

/** A change of the account, so many seconds ago. */
function accountChange(field: string, value: object, ago: number): object {
  return { entry: [{ id: wabaId, time: now - ago, changes: [{ field, value }] }] };
}

/** A gateway that knows its phone's number, and a way to let it look. */
async function watched() {
  const clock = testClock();
  const running = await runGateway({ overrides: { clock } });
  await running.post(webhookOf({ messages: [textMessage('wamid.first', '558587654321', 'Oi', now - 1)] }));
  return {
    running,
    async hears(...bodies: object[]) {
      for (const body of bodies) expect((await running.post(body)).status).toBe(200);
      await running.settle();
      clock.advance(15_000);
      await running.settle();
    },
  };
}

async function openAlarms({ api }: RunningGateway): Promise<[string, string, string][]> {
  const { data } = (await api<Page<AlarmBody>>('GET', '/v1/alarms')).body;
  return data
    .filter(({ resolvedAt }) => resolvedAt === null)
    .map(({ code, subject, sentence }): [string, string, string] => [code, subject, sentence])
    .sort();
}

async function stateOf({ api }: RunningGateway): Promise<BusinessPhoneBody['state']> {
  return (await api<BusinessPhoneBody>('GET', `/v1/business-phones/${businessPhoneId}`)).body.state;
}

const display_phone_number = '551132100000';

/**
 * How fast a phone may send was taken for what people think of it. A second after people had reported the phone its
 * throughput rose: the flag was gone from the state, and nobody was told of it.
 */
it('a throughput that rises takes no flag away', async () => {
  const { running, hears } = await watched();
  const quality = (event: string, ago: number) =>
    accountChange('phone_number_quality_update', { display_phone_number, event }, ago);
  await hears(quality('FLAGGED', 60), quality('THROUGHPUT_UPGRADE', 59));
  expect(await stateOf(running)).toMatchObject({ quality: 'FLAGGED', throughput: 'THROUGHPUT_UPGRADE' });
  expect(await openAlarms(running)).toMatchObject([['business-phone-flagged', businessPhoneId, /flagged/]]);
});

/** A rejected account, and an alert that says what to do about it, were kept as facts that nothing read. */
it('a rejected review and an alert reach the state and a person', async () => {
  const { running, hears } = await watched();
  const alert = (alert_severity: string, alert_type: string, alert_status = 'ACTIVE') => ({
    entity_type: 'PHONE_NUMBER',
    entity_id: businessPhoneId,
    alert_info: { alert_severity, alert_status, alert_type, alert_description: `Look: ${alert_type}` },
  });
  await hears(
    accountChange('account_review_update', { decision: 'REJECTED' }, 60),
    accountChange('account_alerts', alert('CRITICAL', 'PICTURE_LOST'), 50),
    accountChange('account_alerts', alert('INFORMATIONAL', 'WELL_DONE'), 40),
  );
  expect(await stateOf(running)).toMatchObject({
    review: 'REJECTED',
    alerts: [
      { type: 'WELL_DONE', severity: 'INFORMATIONAL' },
      { type: 'PICTURE_LOST', severity: 'CRITICAL', entityId: businessPhoneId },
    ],
  });
  expect(await openAlarms(running)).toEqual([
    [
      'account-alert',
      wabaId,
      expect.stringContaining(`Look: PICTURE_LOST (CRITICAL, phone ${businessPhoneId})`),
    ],
    ['account-rejected', wabaId, expect.stringContaining('rejected')],
  ]);
  await hears(
    accountChange('account_review_update', { decision: 'APPROVED' }, 30),
    accountChange('account_alerts', alert('CRITICAL', 'PICTURE_LOST', 'RESOLVED'), 20),
  );
  expect(await openAlarms(running)).toEqual([]);
  expect(await stateOf(running)).toMatchObject({ review: 'APPROVED', alerts: [{ type: 'WELL_DONE' }] });
});

/** Meta names a date on which it disables a template, and weeks went by in which nobody knew. */
it.each([
  ['FLAGGED', 'January 31, 2027', 'to be disabled on January 31, 2027'],
  ['LOCKED', null, 'Meta says: LOCKED.'],
])('a template that is %s reaches a person', async (event, disableDate, said) => {
  const { running, hears } = await watched();
  const template = {
    message_template_name: 'offer',
    message_template_language: 'pt_BR',
    message_template_id: 7,
  };
  const change = (value: object, ago: number) =>
    accountChange('message_template_status_update', { ...template, reason: null, ...value }, ago);
  await hears(
    change({ event, ...(disableDate !== null && { disable_info: { disable_date: disableDate } }) }, 60),
  );
  const { data } = (await running.api<TemplatePageBody>('GET', '/v1/templates/offer')).body;
  expect(data).toMatchObject([{ status: event, disableDate }]);
  expect(await openAlarms(running)).toEqual([
    ['template-flagged', 'offer (pt_BR)', expect.stringContaining(said)],
  ]);
  await hears(change({ event: 'REINSTATED' }, 30));
  expect(await openAlarms(running)).toEqual([]);
});
