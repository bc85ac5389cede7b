import type { GroupContent } from './group.ts';
import type { HandoverContent } from './handover.ts';
import type { IdentityContent } from './identity.ts';
import type { PreferenceContent } from './preference.ts';
import { counted, personSaid, quoted, type Said, said, withMore, wordSaid } from './said.ts';
import type { SyncContent } from './sync.ts';
import type { TrackingContent } from './tracking.ts';

const categories = {
  marketing_messages: said('marketing messages', 'mensagens de marketing'),
};

/** What a person wants to get. */
export function preferenceSaid({ form, event, category, person }: PreferenceContent): Said {
  const who = personSaid(person);
  const what = wordSaid(category, categories);
  switch (form) {
    case 'stopped':
      return said(`${who.en} stopped ${what.en}`, `${who['pt-BR']} parou as ${what['pt-BR']}`);
    case 'resumed':
      return said(`${who.en} resumed ${what.en}`, `${who['pt-BR']} retomou as ${what['pt-BR']}`);
    case 'signed-up':
      return said(
        `${who.en} signed up for ${what.en}`,
        `${who['pt-BR']} se inscreveu para receber ${what['pt-BR']}`,
      );
    case 'other':
      return said(
        `${who.en} about ${what.en}: ${quoted(event)}`,
        `${who['pt-BR']} sobre ${what['pt-BR']}: ${quoted(event)}`,
      );
  }
}

/** How a person is named from now on. */
export function identitySaid(identity: IdentityContent): Said {
  const { person } = identity;
  const name = identity.name ?? identity.username;
  const who = personSaid(person);
  if (identity.form === 'profile') {
    return withMore(said(`Profile of ${who.en}`, `Perfil de ${who['pt-BR']}`), name);
  }
  const { formerUserId, formerParentUserId } = identity;
  const now = person.userId ?? person.parentUserId;
  const former = person.userId === null ? formerParentUserId : formerUserId;
  const whose = name === null ? who : said(quoted(name), quoted(name));
  if (now === null) {
    return said(`The user id of ${whose.en} changed`, `O id de usuário de ${whose['pt-BR']} mudou`);
  }
  if (former === null) {
    return said(
      `The user id of ${whose.en} is now ${quoted(now)}`,
      `O id de usuário de ${whose['pt-BR']} agora é ${quoted(now)}`,
    );
  }
  const change = said(
    `User id ${quoted(former)} is now ${quoted(now)}`,
    `O id de usuário ${quoted(former)} agora é ${quoted(now)}`,
  );
  return withMore(change, name, ', ');
}

const syncWords = {
  'contact-added': said('Contact added in the app', 'Contato adicionado no aplicativo'),
  'contact-edited': said('Contact edited in the app', 'Contato editado no aplicativo'),
  'contact-removed': said('Contact removed in the app', 'Contato removido no aplicativo'),
  'contact-changed': said('Contact changed in the app', 'Contato alterado no aplicativo'),
};

/** A change in the business app. */
export function syncSaid(sync: SyncContent): Said {
  if (sync.form === 'other') {
    return withMore(said('Change in the app', 'Mudança no aplicativo'), sync.subject ?? sync.event);
  }
  const name = sync.fullName ?? sync.firstName;
  return withMore(syncWords[sync.form], name === null ? personSaid(sync.person) : name);
}

const groupWords = {
  group_create: said('created', 'criado'),
  group_settings_update: said('settings changed', 'configurações alteradas'),
  group_suspend: said('suspended', 'suspenso'),
};

/** A change of a group. */
export function groupSaid(group: GroupContent): Said {
  const name = group.subject ?? group.groupId;
  const head =
    name === null ? said('Group', 'Grupo') : said(`Group ${quoted(name)}`, `Grupo ${quoted(name)}`);
  const parts = [
    // Meta's example calls even the removal of members `group_create`.
    group.form === 'participants' ? null : wordSaid(group.event, groupWords),
    group.added.length === 0 ? null : counted(group.added.length, memberAdded, membersAdded),
    group.removed.length === 0 ? null : counted(group.removed.length, memberRemoved, membersRemoved),
    group.errors.length === 0 ? null : said('with errors', 'com erros'),
  ].filter((part) => part !== null);
  const [first = said('members changed', 'membros alterados'), ...more] = parts;
  return more.reduce((all, part) => withMore(all, part, ', '), withMore(head, first));
}

const memberAdded = said('member added', 'membro adicionado');
const membersAdded = said('members added', 'membros adicionados');
const memberRemoved = said('member removed', 'membro removido');
const membersRemoved = said('members removed', 'membros removidos');

const owners = {
  ai_agent: said('the AI agent', 'agente de IA'),
  escalation: said('the escalation', 'escalonamento'),
};

/** Who answers a chat from now on. */
export function handoverSaid({ event, person, owner }: HandoverContent): Said {
  const who = personSaid(person);
  const chat = said(`Chat with ${who.en}`, `Conversa com ${who['pt-BR']}`);
  if (owner === null) return withMore(chat, wordSaid(event, {}));
  const now = wordSaid(owner, owners);
  return withMore(
    chat,
    said(`answered by ${now.en} from now on`, `atendida a partir de agora por ${now['pt-BR']}`),
  );
}

const trackedWords = {
  LeadSubmitted: said('a lead', 'um lead'),
};

/** What Meta believes happened. */
export function trackingSaid({ event }: TrackingContent): Said {
  return withMore(said('Meta tracked', 'A Meta registrou'), wordSaid(event, trackedWords));
}
