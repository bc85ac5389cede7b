import { say } from './language.ts';
import { Icon } from './parts/icon.tsx';
import { shell } from './words/shell.ts';

const told = document.documentElement.dataset['phone'] ?? '';

/** Where the sandbox's pretend phone is; null in a gateway that is no sandbox. */
export const phoneAddress = told.startsWith('/') ? told : null;

/** The sandbox's phone, beside the pages: what somebody writes there arrives here. */
export function PretendPhone({ onHide }: { onHide: () => void }) {
  return (
    <aside class="phone" aria-label={say(shell.phone)}>
      <div class="phone-head">
        <div>
          <h2>{say(shell.phone)}</h2>
          <p class="hint">{say(shell.phoneWhy)}</p>
        </div>
        <button type="button" class="round" aria-label={say(shell.hidePhone)} onClick={onHide}>
          <Icon name="close" size={16} />
        </button>
      </div>
      <iframe title={say(shell.phone)} src={phoneAddress ?? ''} />
    </aside>
  );
}
