import { useSignal } from '@preact/signals';
import { say } from '../language.ts';
import { setup as words } from '../words/setup.ts';

/** A command, or a line for .env, to take along. */
export function CopyLine({ line }: { line: string }) {
  const copied = useSignal(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(line);
    copied.value = true;
  }
  return (
    <p class="copy-line">
      <code>{line}</code>
      <button type="button" class="plain" onClick={copy}>
        {say(copied.value ? words.copied : words.copy)}
      </button>
    </p>
  );
}
