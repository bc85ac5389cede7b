import { useSignal } from '@preact/signals';
import { copy } from '../copy.ts';
import { say } from '../language.ts';
import { setup as words } from '../words/setup.ts';

/** Puts something on the clipboard, and says so. */
export function CopyButton({ text, label = say(words.copy) }: { text: string; label?: string }) {
  const copied = useSignal(false);
  return (
    <button
      type="button"
      class="plain"
      onClick={async ({ currentTarget }) => {
        await copy(text, currentTarget);
        copied.value = true;
      }}
    >
      {copied.value ? say(words.copied) : label}
    </button>
  );
}
