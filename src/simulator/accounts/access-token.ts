import type { Clock } from '../../runtime/clock.ts';

/** An access token of the Graph API (meta-facts §7.2, `debug_token`). */
export type AccessToken = {
  readonly value: string;
  /** `temporary`: the dashboard's, which lives for hours (meta-facts §8). */
  kind: 'system-user' | 'user' | 'temporary' | 'app';
  readonly appId: string;
  /** Null for an app token. */
  userId: string | null;
  scopes: Set<string>;
  /** The WhatsApp accounts that it reaches; null for all of its business. */
  accountIds: Set<string> | null;
  /** In milliseconds of simulated time; null for never. */
  expiresAt: number | null;
  /** Taken back before its time, such as by a change of password. */
  invalidated: boolean;
};

/** What sending and receiving messages needs (meta-facts §2.5, §7.2). */
export const messagingScope = 'whatsapp_business_messaging';
/** What every other call about a WhatsApp account needs. */
export const managementScope = 'whatsapp_business_management';
/** What reading a business portfolio needs. */
export const businessScope = 'business_management';

/** How long the dashboard's temporary token lives, in milliseconds. Meta says only that it is short (meta-facts §8). */
export const TEMPORARY_TOKEN_LIFETIME = 24 * 60 * 60 * 1000;

/** Whether a token can be used now. */
export function isValidToken(token: AccessToken, clock: Clock): boolean {
  return !token.invalidated && (token.expiresAt === null || clock.now() < token.expiresAt);
}
