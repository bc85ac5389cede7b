import type { Check } from '../check.ts';
import { checkAppSecret } from './app-secret.ts';
import { checkClock } from './clock.ts';
import { checkConfiguration } from './configuration.ts';
import { checkDatabase } from './database.ts';
import { checkGraphApi } from './graph-api.ts';
import { checkToken } from './token.ts';

/** Every link of the chain, in order. A new one is a file, an entry here, and its name in `domain/check.ts`. */
export const checks: readonly Check[] = [
  checkConfiguration,
  checkDatabase,
  checkGraphApi,
  checkClock,
  checkToken,
  checkAppSecret,
];
