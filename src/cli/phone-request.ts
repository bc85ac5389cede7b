import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, errorCode, wrongUsage } from './command-error.ts';

/** The flags that say what a business phone is like. */
export type PhoneFlags = {
  label?: string;
  displayNumber?: string;
  wabaId?: string;
  accessToken?: string;
  accessTokenFile?: string;
  /** Several while one is rotated. */
  appSecret?: string[];
  appSecretFile?: string[];
  default?: boolean;
};

/**
 * What a request says of a business phone. Secrets may come from files, where other users of the machine and
 * the shell's history do not see them.
 *
 * @throws CommandError when flags contradict each other, or a file cannot be read
 */
export function phoneRequest(flags: PhoneFlags, { folder }: CommandContext): JsonObject {
  const { label, displayNumber, wabaId, accessToken, accessTokenFile } = flags;
  if (accessToken !== undefined && accessTokenFile !== undefined) {
    throw wrongUsage('--access-token and --access-token-file are both given.', 'Give one of them.');
  }
  const token = accessTokenFile === undefined ? accessToken : readSecret(resolve(folder, accessTokenFile));
  const secrets = [
    ...(flags.appSecret ?? []),
    ...(flags.appSecretFile ?? []).map((file) => readSecret(resolve(folder, file))),
  ];
  return {
    ...(label === undefined ? {} : { label }),
    ...(displayNumber === undefined ? {} : { displayPhoneNumber: displayNumber }),
    ...(wabaId === undefined ? {} : { wabaId }),
    ...(token === undefined ? {} : { accessToken: token }),
    ...(secrets.length === 0 ? {} : { appSecrets: secrets }),
    ...(flags.default === true ? { default: true } : {}),
  };
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CommandError(
      `${path} cannot be read (${errorCode(error) ?? 'unknown reason'}).`,
      'Check that it is a file that holds the secret alone, and that you may read it.',
      { cause: error },
    );
  }
}
