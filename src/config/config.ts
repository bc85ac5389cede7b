/** The configuration of one process: what `readConfig` makes of flags, environment and `.env`. */
export type Config = {
  meta: {
    verifyToken: string | null;
    /** Empty: the gateway runs handshake-only. */
    appSecrets: string[];
    accessToken: string | null;
    appId: string | null;
    wabaId: string | null;
    phoneNumberId: string | null;
    /** The two-step PIN, six digits. */
    registrationPin: string | null;
    /** Base address without a version and without a slash at its end. */
    graphUrl: string;
    /** Such as `v25.0`. */
    graphVersion: string;
  };
  /** True when any secret or id of Meta is set. */
  metaConfigured: boolean;
  http: { host: string; port: number };
  /** Where the API and the pages are served apart from webhooks; null when on the same port. */
  admin: { host: string; port: number } | null;
  /** Base address without a slash at its end and without the webhook's path. */
  publicUrl: string | null;
  database: {
    /** The path of the embedded database, relative to the working folder as it was written. */
    file: string;
    /** PostgreSQL in its place; `directUrl` is set when `url` is a pool such as PgBouncer in transaction mode. */
    postgres: { url: string; directUrl: string | null } | null;
  };
  media: {
    /** Where files of messages are kept; null: beside the embedded database, in a folder with its name. */
    folder: string | null;
    /** A bucket of an S3-compatible store in its place; `url` has no slash at its end. */
    bucket: { url: string; region: string; accessKeyId: string; secretAccessKey: string } | null;
  };
  /** What this process does beside answering the API: receive webhooks, work on lanes. At least one. */
  roles: { receive: boolean; work: boolean };
  adminKey: string | null;
  /** 32 bytes each; the first one encrypts the secrets in the database, the others still decrypt. */
  encryptionKeys: Uint8Array[];
  /** Requests per API key and minute; null for any number. */
  rateLimit: number | null;
  /** Recipients that are permitted: phone numbers in digits, everything else as written. Empty: everybody. */
  onlyTo: string[];
  /** Closed networks that events may be forwarded into, as CIDR writes them. */
  endpointNetworks: string[];
  /** The gateway that commands talk to, when it is not the one on this machine's own port. */
  recadoUrl: string | null;
  /** In which commands explain failures; null for that of the terminal. */
  language: 'en' | 'pt-BR' | null;
  /** Who is told of alarms, beside the log and the feed. */
  alerts: {
    webhookUrl: string | null;
    mail: { smtpUrl: string; from: string; to: string[] } | null;
  };
  log: { level: 'debug' | 'info' | 'warn' | 'error'; format: 'pretty' | 'json'; personalData: boolean };
  /** NODE_ENV is `production`. */
  production: boolean;
};
