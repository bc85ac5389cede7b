import { say } from '../language.ts';
import { settings as words } from '../words/settings.ts';
import { AuditLog } from './audit-log.tsx';
import { Behaviour } from './behaviour.tsx';
import { Brake } from './brake.tsx';
import { BusinessPhones } from './business-phones.tsx';
import { Keys } from './keys.tsx';

/** The brake first, since whoever needs it is in a hurry; then how Recado behaves, and who may use it. */
export function SettingsPage() {
  return (
    <div class="setup settings">
      <h1>{say(words.title)}</h1>
      <Brake />
      <Behaviour />
      <BusinessPhones />
      <Keys />
      <AuditLog />
    </div>
  );
}
