import type { Exchanged } from '../../domain/check.ts';

/** Nothing usable came back; `code` is the system's fixed word. */
type NothingBack = { got: 'nothing'; code: string };

/** An answer through the public address. */
export type DoorAnswer = Exchanged &
  (
    | NothingBack
    | {
        got: 'answer';
        status: number;
        /** By lower-case name. */
        headers: Readonly<Record<string, string>>;
        /** The beginning, at most 64 KiB. */
        body: Uint8Array;
        milliseconds: number;
      }
  );

/** What TLS says of the public address; times in milliseconds. */
export type TlsReading = Exchanged &
  (
    | NothingBack
    | {
        got: 'certificate';
        /** Why it is not to be trusted, in OpenSSL's word such as `CERT_HAS_EXPIRED`; null when it is. */
        fault: string | null;
        /** The host names that it is for. */
        names: string;
        issuer: string;
        validFrom: number;
        validTo: number;
        /** Nothing but the certificate itself was sent. */
        alone: boolean;
      }
  );

/** The way from outside, as Meta goes it: no redirect is followed, sizes and times are bounded. */
export type PublicDoor = {
  resolve(host: string): Promise<Exchanged & { addresses: string[]; code: string | null }>;
  /** Whether somebody listens; `code` is null when so. */
  reach(url: string): Promise<Exchanged & { code: string | null }>;
  inspectTls(url: string): Promise<TlsReading>;
  get(url: string, secrets: readonly string[]): Promise<DoorAnswer>;
  post(url: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<DoorAnswer>;
};
