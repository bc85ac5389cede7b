import { useComputed } from '@preact/signals';
import { say } from '../language.ts';
import { Empty } from '../parts/empty.tsx';
import { route } from '../route.ts';
import { contacts } from '../words/contacts.ts';
import { ContactDetail } from './contact-detail.tsx';
import { ContactList } from './contact-list.tsx';

/** Everybody who is known, and beside them one of them. On a small screen one of the two. */
export function ContactsPage() {
  const open = useComputed(() => route.value[1] ?? null);
  return (
    <div class={open.value === null ? 'pair' : 'pair pair-open'}>
      <ContactList open={open.value} />
      {open.value === null ? (
        <div class="pair-none">
          <Empty title={say(contacts.choose)} />
        </div>
      ) : (
        <ContactDetail key={open.value} id={open.value} />
      )}
    </div>
  );
}
