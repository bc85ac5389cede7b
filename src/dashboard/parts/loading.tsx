import { say } from '../language.ts';
import { shell } from '../words/shell.ts';

/** What stands where something is about to come. */
export function Loading() {
  return (
    <p class="loading" role="status">
      {say(shell.loading)}
    </p>
  );
}
