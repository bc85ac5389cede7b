import { resolve } from 'node:path';
import { printable } from '../adapters/telemetry/printable.ts';
import type { KnownOfMeta, Surroundings, VisiblePhone } from '../ask-meta.ts';
import { settingNamed } from '../config/settings.ts';
import type { CommandContext } from './command-context.ts';
import { readSettingFile } from './read-setting-file.ts';

/** Asks Meta what an access token is and can see. */
export type LookAround = (
  known: KnownOfMeta & { graphUrl: string; graphVersion: string },
) => Promise<Surroundings>;

/** Lets a person choose one of several. Null: none of them. */
export type Choose = (
  question: string,
  choices: readonly { value: string; label: string }[],
) => Promise<string | null>;

/** What `init` learns from Meta while it gathers values. */
export type Looking = {
  /** The value that Meta shows for a setting, chosen by a person where there are several; null when it shows none. */
  valueOf(name: string, known: Readonly<Record<string, string | undefined>>): Promise<string | null>;
  /** Asks when nobody has yet. */
  look(known: Readonly<Record<string, string | undefined>>): Promise<unknown>;
  /** The id of the business phone that people dial by this number; null when Meta shows no such phone. */
  idOfNumber(number: string): string | null;
  phones(): VisiblePhone[];
  /** Sentences about what is not good, also in the light of the ids that are configured in the end. */
  remarks(configured: { phoneNumberId: string | null; wabaId: string | null }): string[];
};

/** Meta is asked when the first id is wanted and an access token is known, and once more when a person names an account that Meta does not. */
export function createLooking(
  { lookAround, choose }: { lookAround: LookAround; choose: Choose | null },
  context: CommandContext,
): Looking {
  let seen: Surroundings | null = null;
  let named: string | null = null;
  let chosen: VisiblePhone | null | undefined;

  async function look(known: Readonly<Record<string, string | undefined>>): Promise<Surroundings | null> {
    const given = (name: string) => known[name] ?? valueInFile(known[`${name}_FILE`], context);
    const wabaId = given('META_WABA_ID');
    if (seen !== null && (wabaId === named || wabaId === null || seen.accounts.includes(wabaId))) return seen;
    const token = given('META_ACCESS_TOKEN');
    const graphUrl = given('META_GRAPH_URL') ?? standard('META_GRAPH_URL');
    // What is wrong with the address is said by whoever reads the configuration.
    if (token === null || !URL.canParse(graphUrl)) return null;
    named = wabaId;
    chosen = undefined;
    seen = await lookAround({
      token,
      appId: given('META_APP_ID'),
      appSecrets: (given('META_APP_SECRET') ?? '').split(',').flatMap((secret) => secret.trim() || []),
      wabaId,
      graphUrl,
      graphVersion: given('META_GRAPH_VERSION') ?? standard('META_GRAPH_VERSION'),
    });
    return seen;
  }

  /** The phone that is meant: the only one, or the one that a person chooses. */
  async function phoneAmong(phones: readonly VisiblePhone[]): Promise<VisiblePhone | null> {
    const [only, second] = phones;
    if (only === undefined) return null;
    if (second === undefined) return only;
    if (choose === null) return null;
    const id = await choose(
      'Which business phone is to be the default one?',
      phones.map((phone) => ({ value: phone.id, label: labelOf(phone) })),
    );
    return phones.find((phone) => phone.id === id) ?? null;
  }

  function idOfNumber(number: string): string | null {
    return seen?.phones.find(({ displayPhoneNumber }) => displayPhoneNumber === number)?.id ?? null;
  }

  return {
    async valueOf(name, known) {
      if (!['META_PHONE_NUMBER_ID', 'META_WABA_ID', 'META_APP_ID'].includes(name)) return null;
      const found = await look(known);
      if (found === null) return null;
      if (name === 'META_APP_ID') return found.appId;
      const ofPhone = found.phones.find(({ id }) => id === known['META_PHONE_NUMBER_ID']);
      if (ofPhone !== undefined) return ofPhone.wabaId;
      if (chosen === undefined) chosen = await phoneAmong(found.phones);
      if (chosen !== null) return name === 'META_WABA_ID' ? chosen.wabaId : chosen.id;
      return name === 'META_WABA_ID' && found.accounts.length === 1 ? (found.accounts[0] ?? null) : null;
    },
    look,
    idOfNumber,
    phones: () => seen?.phones ?? [],
    remarks({ phoneNumberId, wabaId }) {
      if (seen === null) return [];
      const { phones, remarks } = seen;
      const phone = phones.find(({ id }) => id === phoneNumberId);
      const list = phones.map((each) => `  ${labelOf(each)}`).join('\n');
      if (phones.length === 0) return remarks;
      if (phoneNumberId === null) {
        return [
          ...remarks,
          `The access token can see these business phones; choose one with --phone-number-id:\n${list}`,
        ];
      }
      if (phone === undefined) {
        const [only, second] = phones;
        const meant = idOfNumber(phoneNumberId) ?? (second === undefined ? only?.id : undefined) ?? '<id>';
        return [
          ...remarks,
          `META_PHONE_NUMBER_ID is none of the business phones that the access token can see:\n${list}\nTo correct it: npx recado init --replace META_PHONE_NUMBER_ID --phone-number-id ${meant}`,
        ];
      }
      if (phone.wabaId !== wabaId) {
        const cure = `npx recado init --replace META_WABA_ID --waba-id ${phone.wabaId}`;
        return [
          ...remarks,
          `META_PHONE_NUMBER_ID belongs to the account ${phone.wabaId}, not to META_WABA_ID: ${cure}`,
        ];
      }
      return remarks;
    },
  };
}

function labelOf({ id, wabaId, displayPhoneNumber, verifiedName }: VisiblePhone): string {
  const number = displayPhoneNumber === null ? 'no number' : `+${displayPhoneNumber}`;
  return printable(`${id}  ${number}  ${verifiedName ?? 'no name'}  (account ${wabaId})`);
}

function valueInFile(path: string | undefined, context: CommandContext): string | null {
  if (path === undefined) return null;
  try {
    return readSettingFile(resolve(context.folder, path)).trim() || null;
  } catch {
    // Said by whoever reads the configuration.
    return null;
  }
}

function standard(name: string): string {
  return settingNamed(name)?.default ?? '';
}
