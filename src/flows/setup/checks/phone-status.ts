import { phoneFactsCheck } from './ask-phone.ts';
import { judged } from './reading.ts';

/** Meta says that the business phone is connected; with its mode, limit and throughput (meta-facts §6, §7.2). */
export const checkPhoneStatus = phoneFactsCheck({
  name: 'phone-status',
  needs: ['registered'],
  judge({ status, accountMode, messagingLimit, throughput }) {
    if (status === null) return judged('status-untold');
    if (status !== 'CONNECTED') return judged('status-bad', { status });
    return judged('status-good', {
      status,
      mode: accountMode ?? '?',
      limit: messagingLimit ?? '?',
      throughput: throughput ?? '?',
    });
  },
});
