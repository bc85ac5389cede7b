import type { Migration } from '../migrate.ts';
import { first } from './001-first.ts';
import { access } from './002-access.ts';
import { settings } from './003-settings.ts';
import { configuredPhones } from './004-configured-phones.ts';
import { rereads } from './005-rereads.ts';
import { alarms } from './006-alarms.ts';
import { alarmTellings } from './007-alarm-tellings.ts';
import { identity } from './008-identity.ts';
import { accountState } from './009-account-state.ts';
import { turns } from './010-turns.ts';
import { batches } from './011-batches.ts';
import { templates } from './012-templates.ts';
import { latestConversations } from './013-latest-conversations.ts';
import { retention } from './014-retention.ts';
import { held } from './015-held.ts';
import { media } from './016-media.ts';
import { rareStates } from './017-rare-states.ts';
import { forgotten } from './018-forgotten.ts';
import { uploads } from './019-uploads.ts';
import { endpoints } from './020-endpoints.ts';

/** Every migration, oldest first. A released one never changes. */
export const migrations: readonly Migration[] = [
  first,
  access,
  settings,
  configuredPhones,
  rereads,
  alarms,
  alarmTellings,
  identity,
  accountState,
  turns,
  batches,
  templates,
  latestConversations,
  retention,
  held,
  media,
  rareStates,
  forgotten,
  uploads,
  endpoints,
];
