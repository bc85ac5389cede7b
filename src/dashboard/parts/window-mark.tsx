import type { WindowBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { until } from '../moments.ts';
import { now } from '../now.ts';
import { windows } from '../words/windows.ts';

/** The 24-hour window: how long it is still open. It counts down by itself. */
export function WindowMark({ window }: { window: WindowBody }) {
  const { closesAt } = window;
  if (closesAt === null) return <span class="window window-closed">{say(windows.never)}</span>;
  if (Date.parse(closesAt) <= now()) {
    return (
      <span class="window window-closed" title={say(windows.closedTip)}>
        {say(windows.closed)}
      </span>
    );
  }
  const soon = Date.parse(closesAt) - now() < SOON;
  return (
    <span class={soon ? 'window window-soon' : 'window window-open'} title={say(windows.openTip)}>
      {say(windows.open)(until(closesAt))}
    </span>
  );
}

const SOON = 2 * 60 * 60 * 1000;
