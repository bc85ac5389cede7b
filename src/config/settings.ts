/** Every setting of the process, once. Documents, checks, `init` and error messages all read this table. */
import { checkAlertEmail, checkAlertEmailFrom, checkAlertWebhookUrl, checkSmtpUrl } from './alert-checks.ts';
import type { ValueCheck } from './finding.ts';
import { checkBucketUrl } from './media-checks.ts';
import {
  checkAccessToken,
  checkAppSecret,
  checkGraphVersion,
  checkMetaId,
  checkPhoneNumberId,
  checkRegistrationPin,
  checkVerifyToken,
  checkWabaId,
} from './meta-shapes.ts';
import {
  checkAdminKey,
  checkAdminPort,
  checkDatabaseDirectUrl,
  checkDatabaseUrl,
  checkEncryptionKey,
  checkGraphUrl,
  checkHost,
  checkNetwork,
  checkPermittedRecipient,
  checkPort,
  checkPublicUrl,
  checkRateLimit,
  checkRecadoUrl,
  checkRole,
} from './value-checks.ts';

/** One setting: an environment variable, and a line of `.env`. */
export type Setting = {
  name: string;
  /** `list` is comma-separated; a `choice` is one of `choices`. */
  kind: 'text' | 'list' | 'number' | 'address' | 'choice' | 'yes or no';
  choices?: readonly string[];
  /** Null when there is none, or when it depends on circumstances that `about` names. */
  default: string | null;
  /** Never shown. */
  secret: boolean;
  /** One sentence. */
  about: string;
  /** Where a person finds the value, when it comes from Meta. */
  foundAt?: string;
  example: string;
  check?: ValueCheck;
};

export const settings = [
  {
    name: 'META_WEBHOOK_VERIFY_TOKEN',
    kind: 'text',
    default: null,
    secret: true,
    about: 'The text that Meta’s console and Recado share, by which Meta verifies the webhook address.',
    example: '64 hexadecimal digits, made by `npx recado init`',
    check: checkVerifyToken,
  },
  {
    name: 'META_APP_SECRET',
    kind: 'list',
    default: null,
    secret: true,
    about:
      'The secret of the Meta app, with which every webhook is signed; several, separated by commas, while it is rotated or with several apps.',
    foundAt: 'Meta console → your app → App settings → Basic → App secret',
    example: '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    check: checkAppSecret,
  },
  {
    name: 'META_ACCESS_TOKEN',
    kind: 'text',
    default: null,
    secret: true,
    about: 'The access token of a System User, with which messages are sent.',
    foundAt: 'Meta Business Suite → Settings → System users → Generate token',
    example: 'EAA…',
    check: checkAccessToken,
  },
  {
    name: 'META_REGISTRATION_PIN',
    kind: 'text',
    default: null,
    secret: true,
    about:
      'The two-step PIN of your numbers, six digits, with which `recado register` registers them on the Cloud API. A number without one gets this one.',
    foundAt: 'WhatsApp Manager → Phone numbers → your number → Two-step verification',
    example: '212834',
    check: checkRegistrationPin,
  },
  {
    name: 'META_PHONE_NUMBER_ID',
    kind: 'text',
    default: null,
    secret: false,
    about: 'Meta’s id of the default business phone; not the phone number itself.',
    foundAt: 'Meta console → your app → WhatsApp → API Setup → Phone number ID',
    example: '200100200100200',
    check: checkPhoneNumberId,
  },
  {
    name: 'META_WABA_ID',
    kind: 'text',
    default: null,
    secret: false,
    about: 'Meta’s id of the WhatsApp Business Account to which the business phone belongs.',
    foundAt: 'Meta console → your app → WhatsApp → API Setup → WhatsApp Business Account ID',
    example: '300100300100300',
    check: checkWabaId,
  },
  {
    name: 'META_APP_ID',
    kind: 'text',
    default: null,
    secret: false,
    about: 'Meta’s id of the app.',
    foundAt: 'Meta console → your app → App settings → Basic → App ID',
    example: '400100400100400',
    check: checkMetaId,
  },
  {
    name: 'META_GRAPH_VERSION',
    kind: 'text',
    default: 'v25.0',
    secret: false,
    about: 'The version of Meta’s Graph API that is called.',
    example: 'v25.0',
    check: checkGraphVersion,
  },
  {
    name: 'META_GRAPH_URL',
    kind: 'address',
    default: 'https://graph.facebook.com',
    secret: false,
    about: 'The base address of the Graph API, without a version; a simulator’s in tests.',
    example: 'http://127.0.0.1:9000',
    check: checkGraphUrl,
  },
  {
    name: 'PUBLIC_URL',
    kind: 'address',
    default: null,
    secret: false,
    about: 'The HTTPS address under which Meta reaches this gateway, without the webhook’s path.',
    example: 'https://api.example.com',
    check: checkPublicUrl,
  },
  {
    name: 'HOST',
    kind: 'text',
    default: '0.0.0.0',
    secret: false,
    about: 'The address to listen on; the sandbox listens on 127.0.0.1 unless told otherwise.',
    example: '127.0.0.1',
    check: checkHost,
  },
  {
    name: 'PORT',
    kind: 'number',
    default: '8000',
    secret: false,
    about: 'The port to listen on; 0 takes any free one.',
    example: '8000',
    check: checkPort,
  },
  {
    name: 'ADMIN_PORT',
    kind: 'number',
    default: null,
    secret: false,
    about:
      'When set, the API, its description and the pages are served on this port, and PORT serves only the webhook address, /healthz and /readyz.',
    example: '8001',
    check: checkAdminPort,
  },
  {
    name: 'ADMIN_HOST',
    kind: 'text',
    default: '127.0.0.1',
    secret: false,
    about: 'The address to listen on with ADMIN_PORT.',
    example: '10.0.0.5',
    check: checkHost,
  },
  {
    name: 'DATABASE_URL',
    kind: 'text',
    default: 'sqlite:./data/recado.db',
    secret: false,
    about:
      'The file of the embedded database, beside which its other files stand; or PostgreSQL, 15 or newer, for several processes: `postgres://user:password@host/database`. Its password is shown nowhere.',
    example: 'sqlite:/var/lib/recado/recado.db',
    check: checkDatabaseUrl,
  },
  {
    name: 'DATABASE_DIRECT_URL',
    kind: 'text',
    default: null,
    secret: true,
    about:
      'The address of PostgreSQL itself, when DATABASE_URL names a pool such as PgBouncer in transaction mode: there nobody can listen for what other processes have kept.',
    example: 'postgres://recado:password@10.0.0.7:5432/recado',
    check: checkDatabaseDirectUrl,
  },
  {
    name: 'MEDIA_FOLDER',
    kind: 'text',
    default: null,
    secret: false,
    about:
      'Where the files that people send are kept; made when the first one comes. Without it a folder beside the embedded database, named after it, such as `data/recado-media`. Several processes on PostgreSQL need one folder that all of them see.',
    example: '/var/lib/recado/media',
  },
  {
    name: 'MEDIA_BUCKET_URL',
    kind: 'address',
    default: null,
    secret: false,
    about:
      'A bucket of an S3-compatible store, with a prefix if you like, in which files are kept in the place of the folder; what is on its way still lies there. Needs MEDIA_BUCKET_KEY_ID and MEDIA_BUCKET_SECRET.',
    example: 'https://s3.eu-central-1.amazonaws.com/our-bucket/recado',
    check: checkBucketUrl,
  },
  {
    name: 'MEDIA_BUCKET_REGION',
    kind: 'text',
    default: 'us-east-1',
    secret: false,
    about: 'The region of that bucket; many stores other than Amazon’s take any.',
    example: 'eu-central-1',
  },
  {
    name: 'MEDIA_BUCKET_KEY_ID',
    kind: 'text',
    default: null,
    secret: false,
    about: 'The id of the access key for that bucket; the key may read, write and delete there.',
    example: 'AKIA… of 20 characters, or what your store calls access key',
  },
  {
    name: 'MEDIA_BUCKET_SECRET',
    kind: 'text',
    default: null,
    secret: true,
    about: 'The secret of that access key.',
    example: 'what your store calls secret access key',
  },
  {
    name: 'RECADO_ROLES',
    kind: 'list',
    default: 'receive,work',
    secret: false,
    about:
      'What this process does, among several on one PostgreSQL: `receive` takes webhooks, `work` folds and sends. Every process answers the API.',
    example: 'receive',
    check: checkRole,
  },
  {
    name: 'RECADO_ADMIN_KEY',
    kind: 'text',
    default: null,
    secret: true,
    about:
      'The key that may do everything under /v1, which the commands use; `recado keys` makes others with it. Without any key /v1 is closed.',
    example: 'rk_…, made by `npx recado init`',
    check: checkAdminKey,
  },
  {
    name: 'RECADO_ENCRYPTION_KEY',
    kind: 'list',
    default: null,
    secret: true,
    about:
      'The key under which secrets in the database are encrypted: 32 bytes as hexadecimal digits or base64. Only secrets that are given through the API need it. To change it, put the new one in front of the old one, separated by a comma, and restart once; then the old one can go. Without it what it has encrypted is lost: keep a copy apart from the backups.',
    example: '64 hexadecimal digits, made by `npx recado init` or `openssl rand -hex 32`',
    check: checkEncryptionKey,
  },
  {
    name: 'RATE_LIMIT',
    kind: 'text',
    default: '6000',
    secret: false,
    about:
      'How many requests each API key may make in a minute, reading and changing counted apart; `none` for any number.',
    example: 'none',
    check: checkRateLimit,
  },
  {
    name: 'RECADO_ONLY_TO',
    kind: 'list',
    default: null,
    secret: false,
    about: 'A guard for staging: when set, notifications to anybody else are refused.',
    example: '+55 85 98765-4321, 551132100000',
    check: checkPermittedRecipient,
  },
  {
    name: 'ENDPOINT_NETWORKS',
    kind: 'list',
    default: null,
    secret: false,
    about:
      'The private networks and addresses that events may be forwarded into; every other one is refused, so that nobody reaches into your network by naming a URL. For an application on this machine: 127.0.0.1/32.',
    example: '127.0.0.1/32, 10.1.0.0/16',
    check: checkNetwork,
  },
  {
    name: 'RECADO_URL',
    kind: 'address',
    default: null,
    secret: false,
    about:
      'The gateway that the commands talk to; http://127.0.0.1:PORT when unset, or ADMIN_PORT where that is set.',
    example: 'https://recado.example.com',
    check: checkRecadoUrl,
  },
  {
    name: 'RECADO_LANGUAGE',
    kind: 'choice',
    choices: ['en', 'pt-BR'],
    default: null,
    secret: false,
    about:
      'The language in which the commands explain failures: English, or Brazilian Portuguese. By default that of the terminal: LC_ALL, else LC_MESSAGES, else LANG.',
    example: 'pt-BR',
  },
  {
    name: 'ALERT_WEBHOOK_URL',
    kind: 'address',
    default: null,
    secret: true,
    about: 'Where alarms are posted as JSON, such as an incoming webhook of Slack or Mattermost.',
    example: 'https://hooks.example.com/T000/B000',
    check: checkAlertWebhookUrl,
  },
  {
    name: 'ALERT_EMAIL',
    kind: 'list',
    default: null,
    secret: false,
    about: 'Who is told of alarms by mail; needs SMTP_URL.',
    example: 'ops@example.com, ana@example.com',
    check: checkAlertEmail,
  },
  {
    name: 'ALERT_EMAIL_FROM',
    kind: 'text',
    default: null,
    secret: false,
    about: 'The sender of those mails; the first address of ALERT_EMAIL when unset.',
    example: 'recado@example.com',
    check: checkAlertEmailFrom,
  },
  {
    name: 'SMTP_URL',
    kind: 'address',
    default: null,
    secret: true,
    about:
      'The mail server: `smtp://` uses STARTTLS where it is offered, `smtps://` TLS from the first byte.',
    example: 'smtp://user:password@smtp.example.com:587',
    check: checkSmtpUrl,
  },
  {
    name: 'LOG_LEVEL',
    kind: 'choice',
    choices: ['debug', 'info', 'warn', 'error'],
    default: 'info',
    secret: false,
    about: 'The least important lines that are logged.',
    example: 'warn',
  },
  {
    name: 'LOG_FORMAT',
    kind: 'choice',
    choices: ['pretty', 'json'],
    default: null,
    secret: false,
    about:
      '`pretty` for people, with numbers and texts; `json` for machines, masked. By default pretty on a terminal and in the sandbox, json elsewhere and with NODE_ENV=production.',
    example: 'json',
  },
  {
    name: 'LOG_PERSONAL_DATA',
    kind: 'yes or no',
    default: 'false',
    secret: false,
    about: 'Whether json logs show message texts, phone numbers and message ids instead of masking them.',
    example: 'true',
  },
  {
    name: 'NODE_ENV',
    kind: 'text',
    default: null,
    secret: false,
    about: 'With `production`, logs are json and an unconfigured `serve` never turns into the sandbox.',
    example: 'production',
  },
] as const satisfies readonly Setting[];

/** The name of a setting of this version. */
export type SettingName = (typeof settings)[number]['name'];

/** The declaration of a setting, or null when this version has none of that name. */
export function settingNamed(name: string): (Setting & { name: SettingName }) | null {
  return settings.find((setting) => setting.name === name) ?? null;
}

/** The settings that say that Meta is configured: one of them is enough to run the real gateway. */
export const metaSettingNames = [
  'META_WEBHOOK_VERIFY_TOKEN',
  'META_APP_SECRET',
  'META_ACCESS_TOKEN',
  'META_PHONE_NUMBER_ID',
  'META_WABA_ID',
  'META_APP_ID',
] as const satisfies readonly SettingName[];
