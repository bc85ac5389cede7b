import type { ContactBody } from '../../src/server/contract/contact.ts';
import { type Page, type RunningGateway, webhookOf } from './running-gateway.ts';

/** Who a webhook says the sender is. */
type Sender = { from?: string; from_user_id?: string; from_parent_user_id?: string };

/** Posts a text from somebody, named as given, and waits until it is in the state. */
export async function hear(
  running: Pick<RunningGateway, 'post' | 'settle'>,
  id: string,
  sender: Sender,
  more: { seconds?: number; contacts?: object[]; system?: object } = {},
): Promise<void> {
  const { seconds = Math.floor(Date.now() / 1000), contacts = [], system } = more;
  const content = system === undefined ? { type: 'text', text: { body: id } } : { type: 'system', system };
  await running.post(
    webhookOf({ contacts, messages: [{ ...sender, id, timestamp: String(seconds), ...content }] }),
  );
  await running.settle();
}

/** Everybody who is known, as the API lists them. */
export async function everybody(running: Pick<RunningGateway, 'api'>): Promise<ContactBody[]> {
  return (await running.api<Page<ContactBody>>('GET', '/v1/contacts')).body.data;
}

/** Where the last message went: what was written in `to` or `recipient` of Meta's send call. */
export function lastAddress({ simulator }: Pick<RunningGateway, 'simulator'>): unknown {
  const body = simulator.requests().at(-1)?.body;
  const { to, recipient } = Object(body);
  return to ?? recipient;
}
