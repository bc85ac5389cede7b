import { phoneFactsCheck } from './ask-phone.ts';
import { judged } from './reading.ts';

/** Meta has approved the name that people see (meta-facts §7.2). */
export const checkDisplayName = phoneFactsCheck({
  name: 'display-name',
  needs: ['registered'],
  judge({ verifiedName, nameStatus }) {
    const facts = { name: verifiedName ?? '?', state: nameStatus ?? '?' };
    if (nameStatus === null || nameStatus === 'NONE') return judged('name-untold', facts);
    if (nameStatus === 'APPROVED' || nameStatus === 'AVAILABLE_WITHOUT_REVIEW')
      return judged('name-good', facts);
    return judged(nameStatus === 'PENDING_REVIEW' ? 'name-pending' : 'name-declined', facts);
  },
});
