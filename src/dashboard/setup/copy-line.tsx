import { CopyButton } from '../parts/copy-button.tsx';

/** A command, or a line for .env, to take along. */
export function CopyLine({ line }: { line: string }) {
  return (
    <p class="copy-line">
      <code>{line}</code>
      <CopyButton text={line} />
    </p>
  );
}
