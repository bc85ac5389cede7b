import type { SimulatorChange, WebhookReport } from '../simulator/simulator.ts';

/** What a terminal says of a webhook that nobody got; null for everything else. */
export function lostWebhook(change: SimulatorChange): string | null {
  if (change.kind !== 'webhook' || change.outcome === 'acknowledged') return null;
  const { about, field, attempt, url, outcome, reason } = change;
  const tried = attempt === 0 ? 'was not told to anybody' : `was not taken by ${url} at try ${attempt}`;
  return `Webhook   "${about}" (field ${field}) ${tried}: ${reason ?? 'no reason is known.'} ${cureOf(change, outcome)}`;
}

function cureOf({ silence, httpStatus }: WebhookReport, outcome: WebhookReport['outcome']): string {
  if (silence !== null) return 'Cure: change that, by the Graph API or by PATCH /_simulator/apps/{id}.';
  const again = outcome === 'will-retry' ? 'It comes again by itself.' : 'It does not come again.';
  if (httpStatus === null) return again;
  return `${again} Cure: answer 200 once the body is kept, also to what you do not know.`;
}
