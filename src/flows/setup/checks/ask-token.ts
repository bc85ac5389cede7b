import type { TokenFacts } from '../../../whatsapp/graph-answers/read-token-facts.ts';
import type { Installation, PhoneUnderTest } from '../check.ts';
import type { GraphReading, GraphReads } from '../graph-reads.ts';

/** Every answer of Meta's about a token, the most telling one last; none for a phone without a token. */
export type TokenReadings = readonly GraphReading<TokenFacts>[];

/**
 * Asks Meta about a phone's token. The app's own token is the proper asker (meta-facts §7.2); while its id or secret
 * is missing or wrong, the token itself may still say what it is.
 */
export async function askToken(
  graph: Pick<GraphReads, 'readToken'>,
  { accessToken: token, appSecrets }: PhoneUnderTest,
  { appId }: Installation,
): Promise<TokenReadings> {
  if (token === null) return [];
  const readings: GraphReading<TokenFacts>[] = [];
  const appTokens = appId === null ? [] : appSecrets.map((secret) => `${appId}|${secret}`);
  for (const asker of [...appTokens, token]) {
    const reading = await graph.readToken({ token, asker });
    readings.push(reading);
    if (reading.got === 'value' && (reading.value.valid || reading.value.appId !== null)) break;
  }
  return readings;
}

/** The facts that the readings brought; null when they brought none. */
export function tokenFactsIn(readings: TokenReadings): TokenFacts | null {
  const last = readings.findLast((reading) => reading.got === 'value');
  return last?.got === 'value' ? last.value : null;
}

/** The app to which a phone belongs: its token's, else META_APP_ID. */
export function appIdIn(readings: TokenReadings, installation: Installation): string | null {
  return tokenFactsIn(readings)?.appId ?? installation.appId;
}
