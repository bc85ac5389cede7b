import type { Simulator, SimulatorChange } from '../simulator/simulator.ts';

/**
 * What a terminal says when `request_code` has sent a code, for a person has no phone on which it would arrive; null
 * for everything else.
 */
export function sentCode(change: SimulatorChange, { accounts }: Pick<Simulator, 'accounts'>): string | null {
  if (change.kind !== 'request' || change.request.status !== 200) return null;
  const id = /^\/(?:v\d+\.\d+\/)?(\d+)\/request_code(?:\?|$)/.exec(change.request.path)?.[1];
  const phone = accounts.phones().find(({ phoneNumberId }) => phoneNumberId === id);
  const code = phone?.verificationCode ?? null;
  if (phone === undefined || code === null) return null;
  return `The code ${code} has come to ${phone.displayPhoneNumber}. Give it back: POST /${phone.phoneNumberId}/verify_code with {"code": "${code}"}.`;
}
