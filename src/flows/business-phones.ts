import type { Actor, AuditEntry } from '../domain/audit.ts';
import { businessPhoneOf, type Lane, phoneLane } from '../domain/lane.ts';
import { createSignatureVerifier, fingerprintSecret, type SignatureVerifier } from '../whatsapp/signature.ts';
import type {
  BusinessPhones,
  BusinessPhoneView,
  PhoneDetails,
  PhoneNews,
} from './business-phone-contract.ts';
import { auditDetail, secretViews, tokenView } from './business-phone-view.ts';
import type { SeenBusinessPhone } from './lane-state.ts';
import type { Sender } from './outbound/send-due.ts';

/** Encrypts secrets that are kept. `place` says where: what is sealed for one place opens at no other. */
export type SecretBox = {
  /** False when RECADO_ENCRYPTION_KEY is not set: then `seal` throws. */
  canSeal: boolean;
  seal(secret: string, place: string): string;
  /** Null when it was sealed with a key that is not known here, or was changed. */
  open(sealed: string, place: string): string | null;
  /** Whether it was sealed with the key that seals now. */
  isCurrent(sealed: string): boolean;
};

/** A business phone as it is kept in the database. */
export type StoredPhone = {
  /** Meta's `phone_number_id`. */
  id: string;
  wabaId: string | null;
  displayPhoneNumber: string | null;
  label: string | null;
  /** Sealed; null when the environment's serves this phone too. */
  accessToken: string | null;
  /** Sealed, several separated by commas; null when the environment's sign for this phone too. */
  appSecrets: string | null;
  isDefault: boolean;
  /** Milliseconds. */
  createdAt: number;
  updatedAt: number;
};

/** One change of the kept phones: all or nothing. */
export type PhoneWrite = { put: StoredPhone[]; remove: string[]; audit: AuditEntry[] };

/** What the business phones ask of the store. */
export type BusinessPhoneStore = {
  readConfiguredPhones(): Promise<StoredPhone[]>;
  /** Answers with the phones as they are kept then. */
  writeConfiguredPhones(write: PhoneWrite): Promise<StoredPhone[]>;
  listSeenPhones(): Promise<SeenBusinessPhone[]>;
};

/** The business phone of the environment. Token and secrets also serve phones that have none of their own, and no other. */
export type EnvironmentPhone = {
  phoneNumberId: string | null;
  wabaId: string | null;
  accessToken: string | null;
  appSecrets: readonly string[];
};

/** A kept phone with its secrets in the clear; none where they cannot be decrypted. */
export type KeptPhone = { phone: StoredPhone; token: string | null; secrets: string[] };

/** What is answered at once. */
type Standing = {
  kept: Map<string, KeptPhone>;
  defaultId: string | null;
  verifier: SignatureVerifier | null;
  /** By the fingerprint of an app secret, the phones that it was given for. */
  givenFor: Map<string, Set<string>>;
};

/**
 * Reads the business phones and keeps them at hand. Changes made here are in force at once, those of other processes
 * with the next `reload`; every change begins with one, so that it starts from what is kept.
 * Secrets that an older key has sealed are sealed anew, so that the older key can be taken away.
 */
export async function openBusinessPhones(options: {
  environment: EnvironmentPhone;
  store: BusinessPhoneStore;
  box: SecretBox;
  clock: { now(): number };
  /** A change is in force. */
  changed(id: string, news: PhoneNews): void;
}): Promise<BusinessPhones> {
  const { environment, store, box, clock } = options;
  let stored: StoredPhone[] = [];
  let standing = standingOf(stored);
  let last: Promise<unknown> = Promise.resolve();

  function standingOf(stored: readonly StoredPhone[]): Standing {
    const kept = stored.map(opened);
    const secrets = new Set([...environment.appSecrets, ...kept.flatMap((phone) => phone.secrets)]);
    const chosen = stored.find((phone) => phone.isDefault)?.id;
    const only = stored.length === 1 ? stored[0]?.id : undefined;
    return {
      kept: new Map(kept.map((each) => [each.phone.id, each])),
      defaultId: chosen ?? environment.phoneNumberId ?? only ?? null,
      verifier: secrets.size === 0 ? null : createSignatureVerifier([...secrets]),
      givenFor: phonesBySecret(kept),
    };
  }

  function opened(phone: StoredPhone): KeptPhone {
    const { id, accessToken, appSecrets } = phone;
    return {
      phone,
      token: accessToken === null ? null : box.open(accessToken, tokenPlace(id)),
      secrets: appSecrets === null ? [] : (box.open(appSecrets, secretsPlace(id))?.split(',') ?? []),
    };
  }

  function take(phones: StoredPhone[]): void {
    // Decrypting costs something, and seldom has anything changed.
    if (JSON.stringify(phones) === JSON.stringify(stored)) return;
    stored = phones;
    standing = standingOf(phones);
  }

  async function read(): Promise<void> {
    take(await store.readConfiguredPhones());
  }

  async function write(change: PhoneWrite): Promise<void> {
    take(await store.writeConfiguredPhones(change));
  }

  /** One after another, so that each change starts from what the one before has left. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(read).then(work);
    last = result.catch(() => undefined);
    return result;
  }

  const kept = (id: string) => standing.kept.get(id);
  const inEnvironment = (id: string) => id === environment.phoneNumberId;
  const isOurs = (id: string) => inEnvironment(id) || kept(id) !== undefined;
  const isForeign = (id: string) =>
    !isOurs(id) && (environment.phoneNumberId !== null || standing.kept.size > 0);

  const servesOthers = new Set(environment.appSecrets.map(fingerprintSecret));

  function vouches(secretFingerprint: string, id: string): boolean {
    const phones = standing.givenFor.get(secretFingerprint);
    if (phones?.has(id) === true) return true;
    if (servesOthers.has(secretFingerprint)) return (kept(id)?.phone.appSecrets ?? null) === null;
    // A secret that was taken away since is given for none: what it had signed was believed when it came.
    return phones === undefined;
  }

  function senderOf(lane: Lane): Sender {
    const id = businessPhoneOf(lane);
    if (id === null) return { ready: false, failure: 'business-phone-missing' };
    if (!isOurs(id)) return { ready: false, failure: 'business-phone-not-ours' };
    const own = kept(id);
    if (own !== undefined && own.phone.accessToken !== null && own.token === null) {
      return { ready: false, failure: 'access-token-unreadable' };
    }
    const accessToken = own?.token ?? environment.accessToken;
    return accessToken === null
      ? { ready: false, failure: 'access-token-missing' }
      : { ready: true, phoneNumberId: id, accessToken };
  }

  function accountOf(lane: Lane): string | null {
    const id = businessPhoneOf(lane);
    if (id === null) return null;
    return kept(id)?.phone.wabaId ?? (inEnvironment(id) ? environment.wabaId : null);
  }

  function view(id: string, seen: SeenBusinessPhone | undefined): BusinessPhoneView {
    const own = kept(id);
    const phone = own?.phone;
    return {
      id,
      label: phone?.label ?? null,
      displayPhoneNumber: phone?.displayPhoneNumber ?? seen?.displayNumber ?? null,
      numbers: [phone?.displayPhoneNumber, seen?.displayNumber].flatMap(digitsIn),
      wabaId: accountOf(phoneLane(id)),
      origin: inEnvironment(id) ? 'environment' : own === undefined ? null : 'database',
      isDefault: id === standing.defaultId,
      foreign: isForeign(id),
      accessToken: isOurs(id) ? tokenView(own, environment) : null,
      appSecrets: isOurs(id) ? secretViews(own, environment) : [],
      firstSeenAt: seen?.firstSeenAt ?? null,
      lastEventAt: seen?.lastEventAt ?? null,
      createdAt: phone?.createdAt ?? null,
      updatedAt: phone?.updatedAt ?? null,
    };
  }

  async function seenPhones(): Promise<Map<string, SeenBusinessPhone>> {
    return new Map((await store.listSeenPhones()).map((phone) => [phone.businessPhoneId, phone]));
  }

  /** The phone with its new details, secrets sealed. */
  function withDetails(phone: StoredPhone, details: PhoneDetails): StoredPhone {
    const { wabaId, displayPhoneNumber, label, accessToken, appSecrets } = details;
    return {
      ...phone,
      ...(wabaId === undefined ? {} : { wabaId }),
      ...(displayPhoneNumber === undefined ? {} : { displayPhoneNumber }),
      ...(label === undefined ? {} : { label }),
      ...(accessToken === undefined ? {} : { accessToken: sealed(accessToken, tokenPlace(phone.id)) }),
      ...(appSecrets === undefined
        ? {}
        : { appSecrets: sealed(appSecrets?.join(',') ?? null, secretsPlace(phone.id)) }),
      ...(details.default === true ? { isDefault: true } : {}),
      updatedAt: clock.now(),
    };
  }

  const sealed = (secret: string | null, place: string) => (secret === null ? null : box.seal(secret, place));

  const lacksKey = ({ accessToken, appSecrets }: PhoneDetails) =>
    !box.canSeal && [accessToken, appSecrets].some((secret) => secret !== undefined && secret !== null);

  /** The phones that stop being the default when another one becomes it. */
  function formerDefaults(id: string): StoredPhone[] {
    return [...standing.kept.values()]
      .filter(({ phone }) => phone.isDefault && phone.id !== id)
      .map(({ phone }) => ({ ...phone, isDefault: false }));
  }

  function audited(action: string, id: string, actor: Actor, details: PhoneDetails = {}): AuditEntry {
    return { at: clock.now(), actor, action, subject: id, detail: auditDetail(details) };
  }

  async function resealOldSecrets(): Promise<void> {
    const isOld = (text: string | null) => text !== null && box.canSeal && !box.isCurrent(text);
    const put = [...standing.kept.values()].flatMap(({ phone, token, secrets }) => {
      const oldToken = isOld(phone.accessToken) ? token : null;
      const oldSecrets = isOld(phone.appSecrets) ? secrets : [];
      if (oldToken === null && oldSecrets.length === 0) return [];
      return [
        {
          ...phone,
          ...(oldToken === null ? {} : { accessToken: box.seal(oldToken, tokenPlace(phone.id)) }),
          ...(oldSecrets.length === 0
            ? {}
            : { appSecrets: box.seal(oldSecrets.join(','), secretsPlace(phone.id)) }),
        },
      ];
    });
    if (put.length > 0) await write({ put, remove: [], audit: [] });
  }

  const reload = () => inTurn(async () => {});
  await inTurn(resealOldSecrets);
  return {
    reload,
    defaultId: () => standing.defaultId,
    isOurs,
    isForeign,
    vouchedBy: (secretFingerprint) => ({
      defaultId: () => standing.defaultId,
      isForeign: (id) => isForeign(id) || !vouches(secretFingerprint, id),
    }),
    senderOf,
    credentialsOf(id) {
      if (!isOurs(id)) return null;
      const sender = senderOf(phoneLane(id));
      const own = kept(id);
      const hasSecrets = (own?.phone.appSecrets ?? null) !== null;
      return {
        accessToken: sender.ready ? sender.accessToken : null,
        appSecrets: hasSecrets ? (own?.secrets ?? []) : environment.appSecrets,
      };
    },
    accountOf,
    verifier: () => standing.verifier,

    warnings() {
      const unreadable = [...standing.kept.values()].filter(
        ({ phone, token, secrets }) =>
          (phone.accessToken !== null && token === null) ||
          (phone.appSecrets !== null && secrets.length === 0),
      );
      return unreadable.map(
        ({ phone: { id } }) =>
          `The secrets of business phone ${id} cannot be decrypted and are not used: RECADO_ENCRYPTION_KEY is missing or another one. Set it as it was and restart, or give the secrets again with \`recado phones change ${id}\`.`,
      );
    },

    async list() {
      const seen = await seenPhones();
      const ids = new Set([...seen.keys(), ...standing.kept.keys()]);
      if (environment.phoneNumberId !== null) ids.add(environment.phoneNumberId);
      return [...ids].sort().map((id) => view(id, seen.get(id)));
    },

    add: (id, details, actor) =>
      inTurn(async () => {
        if (isOurs(id)) return { refusal: 'known' };
        if (lacksKey(details)) return { refusal: 'encryption-key-missing' };
        const now = clock.now();
        const phone = withDetails(
          {
            id,
            wabaId: null,
            displayPhoneNumber: null,
            label: null,
            accessToken: null,
            appSecrets: null,
            // The first one of all stays the default when others are added later.
            isDefault: standing.defaultId === null,
            createdAt: now,
            updatedAt: now,
          },
          details,
        );
        const put = phone.isDefault ? [phone, ...formerDefaults(id)] : [phone];
        await write({ put, remove: [], audit: [audited('business-phone.added', id, actor, details)] });
        return { phone: view(id, (await seenPhones()).get(id)) };
      }),

    change: (id, details, actor) =>
      inTurn(async () => {
        const own = kept(id);
        if (own === undefined && !inEnvironment(id)) return { refusal: 'unknown' };
        const isAboutDefaultAlone = Object.keys(auditDetail(details)).every((name) => name === 'default');
        if (own === undefined && !isAboutDefaultAlone) return { refusal: 'in-environment' };
        if (lacksKey(details)) return { refusal: 'encryption-key-missing' };
        if (Object.keys(details).length === 0) return { phone: view(id, (await seenPhones()).get(id)) };
        const put = [
          ...(own === undefined ? [] : [withDetails(own.phone, details)]),
          ...(details.default === true ? formerDefaults(id) : []),
        ];
        await write({ put, remove: [], audit: [audited('business-phone.changed', id, actor, details)] });
        if (details.accessToken !== undefined) options.changed(id, 'access-token');
        return { phone: view(id, (await seenPhones()).get(id)) };
      }),

    remove: (id, actor) =>
      inTurn(async () => {
        if (kept(id) === undefined) return { refusal: inEnvironment(id) ? 'in-environment' : 'unknown' };
        const phone = view(id, (await seenPhones()).get(id));
        await write({ put: [], remove: [id], audit: [audited('business-phone.removed', id, actor)] });
        options.changed(id, 'removed');
        return { phone };
      }),
  };
}

function phonesBySecret(kept: readonly KeptPhone[]): Map<string, Set<string>> {
  const phones = new Map<string, Set<string>>();
  for (const { phone, secrets } of kept) {
    for (const fingerprint of secrets.map(fingerprintSecret)) {
      phones.set(fingerprint, (phones.get(fingerprint) ?? new Set()).add(phone.id));
    }
  }
  return phones;
}

function digitsIn(number: string | null | undefined): string[] {
  const digits = number?.replaceAll(/\D/g, '') ?? '';
  return digits === '' ? [] : [digits];
}

const tokenPlace = (id: string) => `business phone ${id}, access token`;
const secretsPlace = (id: string) => `business phone ${id}, app secrets`;
