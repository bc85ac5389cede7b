import type { Check } from '../check.ts';
import { checkAccountSubscription } from './account-subscription.ts';
import { checkAnswerTime } from './answer-time.ts';
import { checkAppLive } from './app-live.ts';
import { checkAppSecret } from './app-secret.ts';
import { checkAppSubscription } from './app-subscription.ts';
import { checkBodyLimit } from './body-limit.ts';
import { checkChallenge } from './challenge.ts';
import { checkClock } from './clock.ts';
import { checkConfiguration } from './configuration.ts';
import { checkDatabase } from './database.ts';
import { checkDisplayName } from './display-name.ts';
import { checkGraphApi } from './graph-api.ts';
import { checkHealth } from './health.ts';
import { checkMessage } from './message.ts';
import { checkNoDetour } from './no-detour.ts';
import { checkOverrides } from './overrides.ts';
import { checkPhoneId } from './phone-id.ts';
import { checkPhoneStatus } from './phone-status.ts';
import { checkPublicUrl } from './public-url.ts';
import { checkQuality } from './quality.ts';
import { checkRegistered } from './registered.ts';
import { checkReply } from './reply.ts';
import { checkTls } from './tls.ts';
import { checkToken } from './token.ts';
import { checkUnaltered } from './unaltered.ts';
import { checkWhatsappAccount } from './whatsapp-account.ts';

/** Every link of the chain, in order. A new one is a file, an entry here, and its name in `domain/check.ts`. */
export const checks: readonly Check[] = [
  checkConfiguration,
  checkDatabase,
  checkGraphApi,
  checkClock,
  checkToken,
  checkAppSecret,
  checkPhoneId,
  checkWhatsappAccount,
  checkRegistered,
  checkPhoneStatus,
  checkDisplayName,
  checkQuality,
  checkHealth,
  checkAppSubscription,
  checkAccountSubscription,
  checkOverrides,
  checkPublicUrl,
  checkTls,
  checkNoDetour,
  checkChallenge,
  checkUnaltered,
  checkBodyLimit,
  checkAnswerTime,
  checkAppLive,
  checkMessage,
  checkReply,
];
