import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { WhoBody } from '../client/generated.ts';
import { ContactsPage } from './contacts/contacts-page.tsx';
import { ConversationsPage } from './conversations/conversations-page.tsx';
import { EventsPage } from './events/events-page.tsx';
import { say } from './language.ts';
import { connection } from './live.ts';
import { NotificationsPage } from './notifications/notifications-page.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { Empty } from './parts/empty.tsx';
import { Icon, type IconName } from './parts/icon.tsx';
import { LanguageSwitch } from './parts/language-switch.tsx';
import { Logo } from './parts/logo.tsx';
import { PretendPhone, phoneAddress } from './pretend-phone.tsx';
import { linkTo, route } from './route.ts';
import { SettingsPage } from './settings/settings-page.tsx';
import { SetupPage } from './setup/setup-page.tsx';
import { TemplatesPage } from './templates/templates-page.tsx';
import { shell } from './words/shell.ts';

const pages = [
  'overview',
  'conversations',
  'notifications',
  'contacts',
  'events',
  'templates',
  'setup',
  'settings',
] as const satisfies readonly IconName[];

/** Where a screen is small these have a page that leads to them, `more`. */
const further: readonly string[] = [
  'events',
  'templates',
  'setup',
  'settings',
] satisfies (typeof pages)[number][];

/** What stands around every page: where one is, where one can go, and whether events come in. */
export function Frame({ who, onOut }: { who: WhoBody; onOut: () => void }) {
  const page = useComputed(() => route.value[0] ?? 'overview');
  const phoneShown = useSignal(true);
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    const known = pages.find((name) => name === page.value);
    document.title = `${known === undefined ? '' : `${say(shell[known])} · `}Recado`;
    main.current?.scrollTo(0, 0);
  }, [page.value, say(shell.overview)]);

  const withPhone = phoneAddress !== null && phoneShown.value;
  return (
    <div class={withPhone ? 'frame frame-with-phone' : 'frame'}>
      <button type="button" class="skip spoken" onClick={() => main.current?.focus()}>
        {say(shell.skip)}
      </button>
      <header class="side">
        <a class="brand" href={linkTo(['overview'])}>
          <Logo size={28} />
          <span>Recado</span>
        </a>
        {phoneAddress !== null && (
          <p class="sandbox" title={say(shell.sandboxWhy)}>
            {say(shell.sandbox)}
          </p>
        )}
        <nav aria-label={say(shell.pages)}>
          {pages.map((name) => (
            <a
              key={name}
              class={further.includes(name) ? 'nav-link nav-further' : 'nav-link'}
              href={linkTo([name])}
              aria-current={page.value === name ? 'page' : undefined}
            >
              <Icon name={name} />
              <span>{say(shell[name])}</span>
            </a>
          ))}
          <a
            class="nav-link nav-more"
            href={linkTo(['more'])}
            aria-current={page.value === 'more' || further.includes(page.value) ? 'page' : undefined}
          >
            <Icon name="more" />
            <span>{say(shell.furtherPages)}</span>
          </a>
        </nav>
        <div class="side-end">
          {phoneAddress !== null && (
            <a class="link phone-link" href="/sandbox">
              {say(shell.openPhone)}
            </a>
          )}
          {phoneAddress !== null && !withPhone && (
            <button type="button" class="link" onClick={() => (phoneShown.value = true)}>
              {say(shell.openPhone)}
            </button>
          )}
          <p class={`connection connection-${connection.value}`} role="status">
            {say(shell[connection.value])}
          </p>
          <LanguageSwitch />
          <a class="link link-docs" href="/docs" target="_blank" rel="noreferrer">
            {say(shell.api)}
          </a>
          <button type="button" class="link" title={who.name} onClick={onOut}>
            {say(shell.logOut)}
          </button>
        </div>
      </header>
      <main ref={main} tabIndex={-1} class={`content content-${page.value}`}>
        <Page name={page.value} />
      </main>
      {withPhone && <PretendPhone onHide={() => (phoneShown.value = false)} />}
    </div>
  );
}

/** The pages that have no room on a small screen. */
function MorePage() {
  return (
    <div class="setup">
      <h1>{say(shell.furtherPages)}</h1>
      <ul class="rows">
        {pages
          .filter((name) => further.includes(name))
          .map((name) => (
            <li key={name}>
              <a class="row" href={linkTo([name])}>
                <Icon name={name} />
                <span class="row-words">{say(shell[name])}</span>
              </a>
            </li>
          ))}
      </ul>
      <a class="link" href="/docs" target="_blank" rel="noreferrer">
        {say(shell.api)}
      </a>
    </div>
  );
}

function Page({ name }: { name: string }) {
  switch (name) {
    case 'overview':
      return <OverviewPage />;
    case 'conversations':
      return <ConversationsPage />;
    case 'notifications':
      return <NotificationsPage />;
    case 'contacts':
      return <ContactsPage />;
    case 'events':
      return <EventsPage />;
    case 'templates':
      return <TemplatesPage />;
    case 'setup':
      return <SetupPage />;
    case 'settings':
      return <SettingsPage />;
    case 'more':
      return <MorePage />;
    default:
      return (
        <Empty title={say(shell.notFound)}>
          <a href={linkTo(['overview'])}>{say(shell.toOverview)}</a>
        </Empty>
      );
  }
}
