import { brokenLines } from './broken-lines.ts';
import { checkValue, listEntries, yesOrNo } from './check-value.ts';
import type { Config } from './config.ts';
import { type ConfigSources, type FoundValue, findValues } from './find-values.ts';
import { type Mistake, mistakeFrom, mistakeSentence } from './mistake.ts';
import { metaSettingNames, type SettingName, settingNamed, settings } from './settings.ts';
import { strangeNames } from './strange-names.ts';
import { databaseFile, encryptionKey } from './value-checks.ts';

/** The configuration, or every mistake at once; with warnings in sentences either way. */
export type ConfigReading =
  | { ok: true; config: Config; warnings: string[] }
  | { ok: false; mistakes: Mistake[]; warnings: string[] };

/** Reads the configuration: finds the values, checks all of them, gives them their shapes. */
export function readConfig(sources: ConfigSources): ConfigReading {
  const { values, mistakes } = findValues(sources);
  const warnings: string[] = [];
  if (sources.only === undefined) {
    const lines = brokenLines(sources.dotenv ?? '');
    mistakes.push(...lines.mistakes);
    warnings.push(...lines.warnings, ...strangeNames(sources));
  }
  for (const setting of settings) {
    const value = values.get(setting.name);
    if (value === undefined) continue;
    const others = (name: string) => otherValue(values, name);
    for (const finding of checkValue(setting, value.text, others)) {
      const found = mistakeFrom(setting, value.source, value.text, finding);
      if (finding.severity === 'mistake') mistakes.push(found);
      else warnings.push(mistakeSentence(found));
    }
  }
  if (mistakes.length > 0) return { ok: false, mistakes, warnings };
  return { ok: true, config: shape(values, sources), warnings };
}

function otherValue(values: Map<SettingName, FoundValue>, name: string): string | null {
  const setting = settingNamed(name);
  return setting === null ? null : (values.get(setting.name)?.text ?? null);
}

function shape(values: Map<SettingName, FoundValue>, sources: ConfigSources): Config {
  const text = (name: SettingName) =>
    values.get(name)?.text ?? sources.defaults?.[name] ?? settingNamed(name)?.default ?? null;
  const always = (name: SettingName) => text(name) ?? '';
  const address = (name: SettingName) => text(name)?.replace(/\/+$/, '') ?? null;
  const production = text('NODE_ENV') === 'production';
  const format = text('LOG_FORMAT') ?? (sources.terminal === true && !production ? 'pretty' : 'json');
  const level = text('LOG_LEVEL');
  const language = text('RECADO_LANGUAGE');
  return {
    meta: {
      verifyToken: text('META_WEBHOOK_VERIFY_TOKEN'),
      appSecrets: listEntries(always('META_APP_SECRET')),
      accessToken: text('META_ACCESS_TOKEN'),
      appId: text('META_APP_ID'),
      wabaId: text('META_WABA_ID'),
      phoneNumberId: text('META_PHONE_NUMBER_ID'),
      registrationPin: text('META_REGISTRATION_PIN'),
      graphUrl: address('META_GRAPH_URL') ?? '',
      graphVersion: always('META_GRAPH_VERSION'),
    },
    metaConfigured: metaSettingNames.some((name) => values.has(name)),
    http: { host: always('HOST'), port: Number(always('PORT')) },
    admin:
      text('ADMIN_PORT') === null ? null : { host: always('ADMIN_HOST'), port: Number(text('ADMIN_PORT')) },
    publicUrl: address('PUBLIC_URL')?.replace(/\/webhooks\/whatsapp$/, '') ?? null,
    database: databaseOf(always('DATABASE_URL'), text('DATABASE_DIRECT_URL')),
    media: { folder: text('MEDIA_FOLDER'), bucket: bucketOf(address('MEDIA_BUCKET_URL'), always) },
    roles: rolesOf(listEntries(always('RECADO_ROLES'))),
    adminKey: text('RECADO_ADMIN_KEY'),
    encryptionKeys: listEntries(text('RECADO_ENCRYPTION_KEY') ?? '').flatMap(
      (entry) => encryptionKey(entry) ?? [],
    ),
    rateLimit: text('RATE_LIMIT') === 'none' ? null : Number(always('RATE_LIMIT')),
    onlyTo: listEntries(always('RECADO_ONLY_TO')).map(comparableRecipient),
    endpointNetworks: listEntries(always('ENDPOINT_NETWORKS')),
    recadoUrl: address('RECADO_URL'),
    language: language === 'en' || language === 'pt-BR' ? language : null,
    alerts: { webhookUrl: text('ALERT_WEBHOOK_URL'), mail: mailOf(text) },
    log: {
      level: level === 'debug' || level === 'warn' || level === 'error' ? level : 'info',
      format: format === 'pretty' ? 'pretty' : 'json',
      personalData: yesOrNo(always('LOG_PERSONAL_DATA')) ?? false,
    },
    production,
  };
}

function databaseOf(url: string, directUrl: string | null): Config['database'] {
  const file = databaseFile(url);
  if (file !== null) return { file, postgres: null };
  // What else stands in files, such as the sandbox, stands where it would without PostgreSQL.
  return {
    file: databaseFile(settingNamed('DATABASE_URL')?.default ?? '') ?? '',
    postgres: { url, directUrl },
  };
}

function bucketOf(url: string | null, always: (name: SettingName) => string): Config['media']['bucket'] {
  if (url === null) return null;
  return {
    url,
    region: always('MEDIA_BUCKET_REGION'),
    accessKeyId: always('MEDIA_BUCKET_KEY_ID'),
    secretAccessKey: always('MEDIA_BUCKET_SECRET'),
  };
}

function mailOf(text: (name: SettingName) => string | null): Config['alerts']['mail'] {
  const smtpUrl = text('SMTP_URL');
  const to = listEntries(text('ALERT_EMAIL') ?? '');
  const [first] = to;
  if (smtpUrl === null || first === undefined) return null;
  return { smtpUrl, from: text('ALERT_EMAIL_FROM') ?? first, to };
}

function rolesOf(names: readonly string[]): Config['roles'] {
  return { receive: names.includes('receive'), work: names.includes('work') };
}

/** A phone number in digits however it was typed; anything else unchanged. */
function comparableRecipient(entry: string): string {
  return /^\+?[\d\s().-]+$/.test(entry) ? entry.replace(/\D/g, '') : entry;
}
