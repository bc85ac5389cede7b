import { useComputed } from '@preact/signals';
import { say } from '../language.ts';
import { Empty } from '../parts/empty.tsx';
import { route } from '../route.ts';
import { notifications } from '../words/notifications.ts';
import { NotificationList } from './notification-list.tsx';
import { Story } from './story.tsx';

/** What was asked to be sent, and beside it the story of one. On a small screen one of the two. */
export function NotificationsPage() {
  const open = useComputed(() => route.value[1] ?? null);
  return (
    <div class={open.value === null ? 'pair' : 'pair pair-open'}>
      <NotificationList open={open.value} />
      {open.value === null ? (
        <div class="pair-none">
          <Empty title={say(notifications.choose)} />
        </div>
      ) : (
        <Story key={open.value} id={open.value} />
      )}
    </div>
  );
}
