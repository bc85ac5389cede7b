import type { TokenFacts } from '../../whatsapp/graph-answers/read-token-facts.ts';
import { isRefusal } from './checks/reading.ts';
import type { GraphReading, GraphReads } from './graph-reads.ts';

/** A business phone that a token can see. Number in digits. */
export type VisiblePhone = {
  id: string;
  wabaId: string;
  displayPhoneNumber: string | null;
  verifiedName: string | null;
};

/** What Meta shows to whoever holds an access token. */
export type Surroundings = {
  /** The app that the token belongs to; null when Meta does not say. */
  appId: string | null;
  /** The WhatsApp accounts that the token was given for; empty when Meta names none. */
  accounts: string[];
  phones: VisiblePhone[];
  /** Sentences about what is not good, each with its cure. */
  remarks: string[];
};

/** What is known before Meta is asked. */
export type KnownOfMeta = {
  token: string;
  appId: string | null;
  appSecrets: readonly string[];
  wabaId: string | null;
};

/** What sending and setting up need (meta-facts §7.2). */
const neededScopes = ['whatsapp_business_messaging', 'whatsapp_business_management'];

const makeToken =
  'Make a System User token: Meta Business Suite → Settings → System users → Generate token, with whatsapp_business_messaging and whatsapp_business_management.';

/** Asks Meta what an access token is, and which WhatsApp accounts and business phones it can see. Never throws. */
export async function lookAround(
  reads: Pick<GraphReads, 'readToken' | 'readAccountPhones' | 'readAppSubscription'>,
  known: KnownOfMeta,
): Promise<Surroundings> {
  const reading = await askToken(reads, known);
  if (reading.got === 'nothing') {
    const remark = `Meta could not be asked what the access token can see: ${reading.reason}. The ids have to be typed.`;
    return { appId: null, accounts: [], phones: [], remarks: [remark] };
  }
  const facts = reading.got === 'value' ? reading.value : null;
  const remarks =
    reading.got === 'value' ? tokenRemarks(reading.value, known.appId) : [refusalRemark(reading)];
  remarks.push(...(await secretRemarks(reads, facts?.appId ?? null, known.appSecrets)));
  const accounts = facts?.valid === false ? [] : accountsOf(facts, known.wabaId);
  const phones: VisiblePhone[] = [];
  for (const wabaId of accounts) {
    const listed = await reads.readAccountPhones({ wabaId, accessToken: known.token });
    if (listed.got === 'value') phones.push(...listed.value.flatMap((phone) => visible(phone, wabaId)));
    else remarks.push(`Meta does not show the phones of the account ${wabaId}: ${reasonOf(listed)}`);
  }
  return { appId: facts?.appId ?? null, accounts, phones, remarks };
}

/** The app may always ask about its tokens; a token may often ask about itself. */
async function askToken(
  reads: Pick<GraphReads, 'readToken'>,
  { token, appId, appSecrets }: KnownOfMeta,
): Promise<GraphReading<TokenFacts>> {
  const apps = appId === null ? [] : appSecrets.map((secret) => `${appId}|${secret}`);
  let reading: GraphReading<TokenFacts> | null = null;
  for (const asker of [...apps, token]) {
    reading = await reads.readToken({ token, asker });
    if (reading.got === 'value' && reading.value.valid) return reading;
  }
  return reading ?? reads.readToken({ token, asker: token });
}

/** What Meta's refusal to speak of a token means: #190 is about the token itself, which was the last to ask. */
function refusalRemark({ error }: Extract<GraphReading<TokenFacts>, { got: 'refusal' }>): string {
  const said = `#${error.code} ${error.message}`;
  return error.code === 190
    ? `Meta does not take the access token. It says: ${said} ${makeToken}`
    : `Meta does not say what the access token is: ${said} The ids have to be typed.`;
}

/** What is not good about a token. Pure. */
function tokenRemarks(facts: TokenFacts, appId: string | null): string[] {
  if (!facts.valid) {
    const because = facts.problem === null ? '' : ` It says: ${facts.problem}`;
    return [`Meta does not take the access token.${because} ${makeToken}`];
  }
  const missing = neededScopes.filter((scope) => !facts.scopes.includes(scope));
  const expires = typeof facts.expiresAt === 'number' ? new Date(facts.expiresAt).toISOString() : null;
  return [
    ...(facts.type === 'USER'
      ? [`The access token is a person’s, and ends with that person’s session. ${makeToken}`]
      : []),
    ...(expires === null ? [] : [`The access token expires at ${expires}. One of a System User need not.`]),
    ...(missing.length === 0 ? [] : [`The access token lacks ${missing.join(' and ')}. ${makeToken}`]),
    ...(appId === null || facts.appId === null || facts.appId === appId
      ? []
      : [
          `The access token belongs to the app ${facts.appId}, and META_APP_ID is ${appId}. Use a token of that app, or correct META_APP_ID: npx recado init --replace META_APP_ID`,
        ]),
  ];
}

/** What is not good about the app secrets: that Meta takes none of them for this app. */
async function secretRemarks(
  reads: Pick<GraphReads, 'readAppSubscription'>,
  appId: string | null,
  appSecrets: readonly string[],
): Promise<string[]> {
  if (appId === null || appSecrets.length === 0) return [];
  const readings = await Promise.all(
    appSecrets.map((appSecret) => reads.readAppSubscription({ appId, appSecret })),
  );
  return readings.every(isRefusal)
    ? [
        `META_APP_SECRET is not that of app ${appId}, so the signatures of its webhooks cannot match. Copy it: Meta console → app ${appId} → App settings → Basic → App secret; then: npx recado init --replace META_APP_SECRET --app-secret-file <file>`,
      ]
    : [];
}

function accountsOf(facts: TokenFacts | null, wabaId: string | null): string[] {
  const targets = neededScopes.flatMap((scope) => facts?.targets[scope] ?? []);
  return [...new Set([...(wabaId === null ? [] : [wabaId]), ...targets])];
}

function visible(
  phone: { id: string | null; displayPhoneNumber: string | null; verifiedName: string | null },
  wabaId: string,
): VisiblePhone[] {
  const { id, displayPhoneNumber, verifiedName } = phone;
  return id === null ? [] : [{ id, wabaId, displayPhoneNumber, verifiedName }];
}

function reasonOf(reading: Exclude<GraphReading<unknown>, { got: 'value' }>): string {
  if (reading.got === 'nothing') return `${reading.reason}.`;
  return `#${reading.error.code} ${reading.error.message}`;
}
