import type { JsonObject } from '../domain/json.ts';
import { fingerprintSecret } from '../whatsapp/signature.ts';
import type { PhoneDetails, SecretView } from './business-phone-contract.ts';
import type { EnvironmentPhone, KeptPhone } from './business-phones.ts';

/** The access token with which a phone of ours sends, as it may be shown. */
export function tokenView(kept: KeptPhone | undefined, environment: EnvironmentPhone): SecretView | null {
  if (kept !== undefined && kept.phone.accessToken !== null) {
    return { origin: 'database', fingerprint: kept.token === null ? null : fingerprintSecret(kept.token) };
  }
  if (environment.accessToken === null) return null;
  return { origin: 'environment', fingerprint: fingerprintSecret(environment.accessToken) };
}

/** The app secrets that sign for a phone of ours, as they may be shown. */
export function secretViews(kept: KeptPhone | undefined, environment: EnvironmentPhone): SecretView[] {
  if (kept === undefined || kept.phone.appSecrets === null) {
    return environment.appSecrets.map((secret) => ({
      origin: 'environment',
      fingerprint: fingerprintSecret(secret),
    }));
  }
  if (kept.secrets.length === 0) return [{ origin: 'database', fingerprint: null }];
  return kept.secrets.map((secret) => ({ origin: 'database', fingerprint: fingerprintSecret(secret) }));
}

/** What the audit log keeps of a change: plain values, and secrets by their fingerprints. */
export function auditDetail(details: PhoneDetails): JsonObject {
  const { accessToken, appSecrets, wabaId, displayPhoneNumber, label } = details;
  const said = {
    wabaId,
    displayPhoneNumber,
    label,
    default: details.default,
    accessToken: typeof accessToken === 'string' ? fingerprintSecret(accessToken) : accessToken,
    appSecrets: appSecrets === undefined ? undefined : (appSecrets?.map(fingerprintSecret) ?? null),
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
