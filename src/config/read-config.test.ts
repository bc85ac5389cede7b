import { describe, expect, it } from 'vitest';
import type { ConfigSources } from './find-values.ts';
import { phoneNumberIdMistake } from './meta-shapes.ts';
import { mistakeParagraph } from './mistake.ts';
import { readConfig } from './read-config.ts';
import { type SettingName, settings } from './settings.ts';

const secret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const otherSecret = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

function read(dotenv: string | null, more: Partial<ConfigSources> = {}) {
  return readConfig({
    environment: {},
    dotenv,
    readFile: () => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
    ...more,
  });
}

function configOf(dotenv: string | null, more: Partial<ConfigSources> = {}) {
  const reading = read(dotenv, more);
  if (!reading.ok) throw new Error(reading.mistakes.map(mistakeParagraph).join('\n'));
  return reading.config;
}

function mistakesOf(dotenv: string, more: Partial<ConfigSources> = {}) {
  const reading = read(dotenv, more);
  return reading.ok ? [] : reading.mistakes;
}

describe('readConfig', () => {
  it('gives every setting its default', () => {
    expect(configOf(null)).toEqual({
      meta: {
        verifyToken: null,
        appSecrets: [],
        accessToken: null,
        appId: null,
        wabaId: null,
        phoneNumberId: null,
        registrationPin: null,
        graphUrl: 'https://graph.facebook.com',
        graphVersion: 'v25.0',
      },
      metaConfigured: false,
      http: { host: '0.0.0.0', port: 8000 },
      admin: null,
      publicUrl: null,
      database: { file: './data/recado.db', postgres: null },
      media: { folder: null, bucket: null },
      roles: { receive: true, work: true },
      adminKey: null,
      encryptionKeys: [],
      rateLimit: 6000,
      onlyTo: [],
      endpointNetworks: [],
      recadoUrl: null,
      language: null,
      alerts: { webhookUrl: null, mail: null },
      log: { level: 'info', format: 'json', personalData: false },
      production: false,
    });
  });

  it('reads the .env of the old guide, which has a verify token alone', () => {
    const reading = read(
      '# Add this line to your .env file\nMETA_WEBHOOK_VERIFY_TOKEN=5d41402abc4b2a76b9719d911017c592\n',
    );
    expect(reading).toMatchObject({
      ok: true,
      warnings: [],
      config: { metaConfigured: true, meta: { appSecrets: [] } },
    });
  });

  it('reads everything that is set', () => {
    const config = configOf(
      [
        'META_WEBHOOK_VERIFY_TOKEN="5d41402abc4b2a76b9719d911017c592"',
        `META_APP_SECRET=${secret}, ${otherSecret},`,
        'META_ACCESS_TOKEN=EAAGabcdefgh123456',
        'META_APP_ID=400100400100400',
        'META_WABA_ID=300100300100300',
        'META_PHONE_NUMBER_ID=200100200100200',
        'META_GRAPH_VERSION=v24.0',
        'META_GRAPH_URL=https://graph.facebook.com/',
        'PUBLIC_URL=https://api.example.com/webhooks/whatsapp/',
        'HOST=127.0.0.1',
        'PORT=9000',
        'ADMIN_PORT=9001',
        'ADMIN_HOST=10.0.0.5',
        'RATE_LIMIT=none',
        'DATABASE_URL=sqlite:///var/lib/recado/recado.db',
        'RECADO_ROLES=work, receive',
        'RECADO_ADMIN_KEY=rk_0123456789abcdefghijklmno',
        'RECADO_ONLY_TO=+55 85 98765-4321, BR.1349abc',
        'ENDPOINT_NETWORKS=127.0.0.1/32, 10.1.0.0/16',
        'RECADO_URL=https://recado.example.com/',
        'RECADO_LANGUAGE=pt-BR',
        'LOG_LEVEL=warn',
        'LOG_FORMAT=pretty',
        'LOG_PERSONAL_DATA=yes',
        'NODE_ENV=production',
      ].join('\r\n'),
    );
    expect(config).toEqual({
      meta: {
        verifyToken: '5d41402abc4b2a76b9719d911017c592',
        appSecrets: [secret, otherSecret],
        accessToken: 'EAAGabcdefgh123456',
        appId: '400100400100400',
        wabaId: '300100300100300',
        phoneNumberId: '200100200100200',
        registrationPin: null,
        graphUrl: 'https://graph.facebook.com',
        graphVersion: 'v24.0',
      },
      metaConfigured: true,
      http: { host: '127.0.0.1', port: 9000 },
      admin: { host: '10.0.0.5', port: 9001 },
      publicUrl: 'https://api.example.com',
      database: { file: '/var/lib/recado/recado.db', postgres: null },
      media: { folder: null, bucket: null },
      roles: { receive: true, work: true },
      adminKey: 'rk_0123456789abcdefghijklmno',
      encryptionKeys: [],
      rateLimit: null,
      onlyTo: ['5585987654321', 'BR.1349abc'],
      endpointNetworks: ['127.0.0.1/32', '10.1.0.0/16'],
      recadoUrl: 'https://recado.example.com',
      language: 'pt-BR',
      alerts: { webhookUrl: null, mail: null },
      log: { level: 'warn', format: 'pretty', personalData: true },
      production: true,
    });
  });

  it('prefers flags to the environment, that to .env, that to the default', () => {
    const dotenv = 'PORT=3\n';
    expect(configOf(dotenv, { environment: { PORT: '2' }, flags: { PORT: '1' } }).http.port).toBe(1);
    expect(configOf(dotenv, { environment: { PORT: '2' } }).http.port).toBe(2);
    expect(configOf(dotenv).http.port).toBe(3);
    expect(configOf('', { defaults: { PORT: '4' } }).http.port).toBe(4);
  });

  it('takes an empty value for none', () => {
    const config = configOf('PORT=\nMETA_APP_SECRET= \nHOST=127.0.0.1\n', {
      environment: { HOST: '', PORT: '  ' },
    });
    expect(config).toMatchObject({ http: { host: '127.0.0.1', port: 8000 }, metaConfigured: false });
  });

  const formats: [string | undefined, boolean, string | undefined, 'pretty' | 'json'][] = [
    [undefined, false, undefined, 'json'],
    [undefined, true, undefined, 'pretty'],
    [undefined, true, 'production', 'json'],
    ['pretty', false, 'production', 'pretty'],
    ['json', true, undefined, 'json'],
  ];
  for (const [LOG_FORMAT, terminal, NODE_ENV, format] of formats) {
    it(`logs ${format} with LOG_FORMAT=${LOG_FORMAT}, terminal=${terminal}, NODE_ENV=${NODE_ENV}`, () => {
      expect(configOf(null, { environment: { LOG_FORMAT, NODE_ENV }, terminal }).log.format).toBe(format);
    });
  }

  describe('NAME_FILE', () => {
    const readFile = (path: string) => (path === '/run/secrets/app' ? `${secret}\n` : '\n');

    it('is read for every setting', () => {
      const environment = Object.fromEntries(
        settings.map(({ name }) => [`${name}_FILE`, `/run/secrets/${name}`]),
      );
      const read: string[] = [];
      readConfig({
        environment,
        dotenv: null,
        readFile: (path) => {
          read.push(path);
          return 'x';
        },
      });
      expect(read).toEqual(settings.map(({ name }) => `/run/secrets/${name}`));
      expect(configOf('PORT_FILE=/port\n', { readFile: () => ' 9000\n' }).http.port).toBe(9000);
    });

    it('is read for secrets', () => {
      const config = configOf('META_APP_SECRET_FILE=/run/secrets/app\n', { readFile });
      expect(config).toMatchObject({ meta: { appSecrets: [secret] }, metaConfigured: true });
    });

    it('loses against a stronger source', () => {
      const environment = { META_APP_SECRET: otherSecret };
      expect(
        configOf('META_APP_SECRET_FILE=/run/secrets/app\n', { readFile, environment }).meta.appSecrets,
      ).toEqual([otherSecret]);
    });

    it('may not stand beside NAME', () => {
      const dotenv = `META_APP_SECRET_FILE=/run/secrets/app\nMETA_APP_SECRET=${secret}\n`;
      expect(mistakesOf(dotenv, { readFile })).toMatchObject([
        { setting: 'META_APP_SECRET_FILE', expected: 'one of the two' },
      ]);
      expect(mistakesOf('PORT_FILE=/run/secrets/app\nPORT=9000\n', { readFile })).toMatchObject([
        { setting: 'PORT_FILE', expected: 'one of the two' },
      ]);
    });

    it('must be readable and not empty', () => {
      expect(mistakesOf('META_APP_SECRET_FILE=/nowhere\n')[0]?.found).toContain('ENOENT');
      expect(mistakesOf('META_APP_SECRET_FILE=/empty\n', { readFile })[0]?.found).toContain('empty');
    });
  });

  it('reports every mistake at once, secrets masked', () => {
    const mistakes = mistakesOf(
      'PORT=http\nMETA_APP_SECRET=EAAGsecretsecretsecret\nLOG_FORMAT=xml\nDATABASE_URL=postgres://ana:hid/den@db\n',
    );
    expect(mistakes.map(mistakeParagraph)).toEqual([
      [
        'META_APP_SECRET (from .env)',
        '  found:    •••• (22 characters): this looks like an access token',
        '  expected: 32 hexadecimal digits (0–9, a–f)',
        '  next:     Copy it again: Meta console → your app → App settings → Basic → App secret → Show.',
      ].join('\n'),
      [
        'PORT (from .env)',
        '  found:    "http"',
        '  expected: a whole number from 0 to 65535',
        '  next:     Choose a free port, such as PORT=8000.',
      ].join('\n'),
      [
        'DATABASE_URL (from .env)',
        '  found:    "postgres://••••@db"',
        '  expected: an address such as postgres://user:password@host:5432/recado',
        '  next:     Write special signs in the password as percent codes: @ is %40, : is %3A, / is %2F, # is %23.',
      ].join('\n'),
      [
        'LOG_FORMAT (from .env)',
        '  found:    "xml"',
        '  expected: one of pretty, json',
        '  next:     Write LOG_FORMAT=json, or remove it.',
      ].join('\n'),
    ]);
  });

  it('looks only at the settings asked for', () => {
    const config = configOf('PORT=9000\nMETA_APP_SECRET=nonsense\nHOST=127.0.0.1\n', { only: ['PORT'] });
    expect(config).toMatchObject({ http: { port: 9000, host: '0.0.0.0' }, metaConfigured: false });
  });

  it('gives its warnings beside mistakes too', () => {
    const reading = read('PORT=http\nMETA_WEBHOOK_VERIFY_TOKEN=short\nMETA_VERIFY_TOKEN=x\n');
    expect(reading).toMatchObject({
      ok: false,
      mistakes: [{ setting: 'PORT' }],
      warnings: [
        expect.stringMatching(/^META_VERIFY_TOKEN .* Did you mean META_WEBHOOK_VERIFY_TOKEN\?$/),
        expect.stringMatching(/^META_WEBHOOK_VERIFY_TOKEN .*at least 16 characters/),
      ],
    });
  });
});

describe('names that look like ours', () => {
  const unused = 'This version does not use it.';
  const table: [name: string, value: string, hint: string | null][] = [
    ['META_APP_SECERT', 'x', 'Did you mean META_APP_SECRET?'],
    ['META_APP_SECERT_FILE', '/x', 'Did you mean META_APP_SECRET_FILE?'],
    ['MEAT_APP_SECRET', 'x', 'Did you mean META_APP_SECRET?'],
    ['RECDO_ADMIN_KEY', 'x', 'Did you mean RECADO_ADMIN_KEY?'],
    ['META_VERIFY_TOKEN', 'x', 'Did you mean META_WEBHOOK_VERIFY_TOKEN?'],
    ['META_PHONE_ID', 'x', 'Did you mean META_PHONE_NUMBER_ID?'],
    ['META_TOKEN', 'x', unused],
    ['RECADO_SOMETHING_ELSE', '1', unused],
    ['DJANGO_SECRET', 'x', null],
    ['POST', '8000', null],
    ['META_ACCESS_TOKEN_FILE', '', null],
    ['RECADO_PORT', '9000', unused],
    ['RECADO_PORT', 'tcp://10.0.0.7:8000', null],
    ['RECADO_PORT_8000_TCP_ADDR', '10.0.0.7', null],
    ['RECADO_SERVICE_PORT_HTTP', '8000', null],
    ['ALERT_WEBHOOK_UR', 'x', 'Did you mean ALERT_WEBHOOK_URL?'],
    ['ALERT_EMAILS', 'x', 'Did you mean ALERT_EMAIL?'],
    ['SMTP_URI', 'x', 'Did you mean SMTP_URL?'],
    ['DATABASE_URI', 'x', 'Did you mean DATABASE_URL?'],
    ['DATABASE_URI_FILE', '/x', 'Did you mean DATABASE_URL_FILE?'],
    ['ADMIN_PRT', 'x', 'Did you mean ADMIN_PORT?'],
    ['ADMINPORT', 'x', 'Did you mean ADMIN_PORT?'],
    ['LOG_FROMAT', 'x', 'Did you mean LOG_FORMAT?'],
    ['RATE_LIMITS', 'x', 'Did you mean RATE_LIMIT?'],
    ['NODE_EVN', 'x', 'Did you mean NODE_ENV?'],
    ['DATABASE_SSL', 'true', null],
    ['SITE_URL', 'x', null],
  ];
  for (const [name, value, hint] of table) {
    it(`${hint === null ? 'says nothing of' : `says “${hint}” of`} ${name}=${value}`, () => {
      for (const [source, reading] of [
        ['.env', read(`${name}=${value}\n`)],
        ['the environment', read(null, { environment: { [name]: value } })],
      ] as const) {
        expect(reading.warnings).toEqual(
          hint === null ? [] : [`${name} (from ${source}) is not a setting. ${hint}`],
        );
      }
    });
  }
});

describe('short names that look like ours', () => {
  it('are named in .env, which stands beside Recado, and not in the environment of everybody', () => {
    for (const [name, meant] of [
      ['PROT', 'PORT'],
      ['PORTS', 'PORT'],
      ['HOTS', 'HOST'],
    ] as const) {
      expect(read(`${name}=x\n`).warnings).toEqual([
        `${name} (from .env) is not a setting. Did you mean ${meant}?`,
      ]);
      expect(read(null, { environment: { [name]: 'x' } }).warnings).toEqual([]);
    }
  });

  it('says nothing of what a usual environment holds', () => {
    const names = [
      ...'PATH HOME LANG LC_ALL HOSTNAME HOSTTYPE HOSTS PWD OLDPWD SHLVL SHELL USER LOGNAME TERM TZ EDITOR PAGER'.split(
        ' ',
      ),
      ...'MAIL DISPLAY TMPDIR XDG_RUNTIME_DIR SSH_AUTH_SOCK DBUS_SESSION_BUS_ADDRESS INVOCATION_ID'.split(
        ' ',
      ),
      ...'NODE_OPTIONS NODE_PATH NODE_VERSION NVM_DIR INIT_CWD npm_command npm_config_cache npm_node_execpath'.split(
        ' ',
      ),
      ...'KUBERNETES_PORT KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT DOCKER_HOST CI GITHUB_TOKEN'.split(
        ' ',
      ),
      ...'DATABASE_USER DATABASE_HOST DATABASE_PORT DATABASE_NAME POSTGRES_DB REDIS_URL SECRET_KEY DEBUG'.split(
        ' ',
      ),
      ...'SMTP_HOST SMTP_PORT SMTP_USER SMTP_PASSWORD EMAIL_URL APP_URL BASE_URL API_URL LOG_FILE ADMIN_EMAIL'.split(
        ' ',
      ),
    ];
    const environment = Object.fromEntries(names.map((name) => [name, 'x']));
    expect(read(null, { environment }).warnings).toEqual([]);
    expect(read(names.map((name) => `${name}=x\n`).join('')).warnings).toEqual([]);
  });
});

describe('broken lines of .env', () => {
  it('takes a quote that its line does not close for a mistake, and shows no value', () => {
    for (const dotenv of [
      `META_APP_SECRET="${secret}\n`,
      `PORT=9000\nOTHER='never closed\nHOST=127.0.0.1\n`,
      `OTHER="swallows\nRECADO_ADMIN_KEY="rk_0123456789abcdefghijklmno"\n`,
    ]) {
      const [mistake] = mistakesOf(dotenv);
      expect(mistake).toMatchObject({
        source: expect.stringMatching(/^line \d of \.env$/),
        found: expect.stringContaining('that this line does not close'),
      });
      expect(JSON.stringify(mistake)).not.toContain(secret);
    }
  });

  it('leaves alone what other programs write over several lines, and comments', () => {
    const dotenv = 'KEY="-----BEGIN\nabc=\n-----END" # theirs\n# a remark\n\nexport PORT="9000" # ours\n';
    expect(read(dotenv)).toMatchObject({ ok: true, warnings: [], config: { http: { port: 9000 } } });
  });

  it('warns of a line that sets nothing', () => {
    expect(read('PORT=9000\nPORT 9001\n').warnings).toEqual([
      'Line 2 of .env sets nothing and is not read. Write NAME=value, or # in front of a remark.',
    ]);
  });

  it('warns of a name that is set twice to different values', () => {
    expect(read(`META_APP_SECRET=${secret}\n\nMETA_APP_SECRET=${otherSecret}\n`).warnings).toEqual([
      'META_APP_SECRET is set twice in .env, in lines 1 and 3, to different values; the last one counts. Remove the other.',
    ]);
    expect(read('PORT=9000\nPORT=9000\n').warnings).toEqual([]);
  });
});

describe('the checks', () => {
  const simulator = 'META_GRAPH_URL=http://127.0.0.1:9000';
  const table: [
    name: SettingName,
    value: string,
    verdict: 'fine' | 'warning' | 'mistake',
    beside?: string,
  ][] = [
    ['META_APP_SECRET', secret, 'fine'],
    ['META_APP_SECRET', secret.toUpperCase(), 'fine'],
    ['META_APP_SECRET', secret.slice(1), 'mistake'],
    ['META_APP_SECRET', `${secret},${secret.slice(1)}`, 'mistake'],
    ['META_APP_SECRET', ',', 'mistake'],
    ['META_APP_SECRET', `'${secret}'`, 'fine'],
    ['META_APP_SECRET', 'pretend', 'fine', simulator],
    ['META_APP_SECRET', 'EAAGabcdefgh', 'mistake', simulator],
    ['META_ACCESS_TOKEN', 'EAAGabcdefgh', 'fine'],
    ['META_ACCESS_TOKEN', 'Bearer EAAGabcdefgh', 'mistake'],
    ['META_ACCESS_TOKEN', 'EAAGabc defgh', 'mistake'],
    ['META_ACCESS_TOKEN', secret, 'mistake'],
    ['META_ACCESS_TOKEN', '200100200100200', 'mistake'],
    ['META_ACCESS_TOKEN', 'a-new-kind-of-token', 'warning'],
    ['META_ACCESS_TOKEN', `400100400100400|${secret}`, 'mistake'],
    ['META_ACCESS_TOKEN', `400100400100400|${secret}`, 'fine', simulator],
    ['META_ACCESS_TOKEN', 'pretend', 'fine', simulator],
    ['META_PHONE_NUMBER_ID', '200100200100200', 'fine'],
    ['META_PHONE_NUMBER_ID', '+551132100000', 'mistake'],
    ['META_PHONE_NUMBER_ID', '+55 11 3210-0000', 'mistake'],
    ['META_PHONE_NUMBER_ID', '(11) 3210-0000', 'mistake'],
    ['META_PHONE_NUMBER_ID', '551132100000', 'mistake'],
    ['META_PHONE_NUMBER_ID', '5585987654321', 'mistake'],
    ['META_PHONE_NUMBER_ID', '12015550123', 'mistake'],
    ['META_PHONE_NUMBER_ID', '351912345678', 'mistake'],
    ['META_PHONE_NUMBER_ID', '5585987654321', 'fine', simulator],
    // No country has given these out, so they may be ids after all.
    ['META_PHONE_NUMBER_ID', '1000000000001', 'warning'],
    ['META_PHONE_NUMBER_ID', '99900011122', 'warning'],
    ['META_PHONE_NUMBER_ID', '10055859876543', 'fine'],
    ['META_PHONE_NUMBER_ID', '123', 'fine', simulator],
    ['META_PHONE_NUMBER_ID', 'abc', 'mistake'],
    ['META_PHONE_NUMBER_ID', '300100300100300', 'mistake', 'META_WABA_ID=300100300100300'],
    ['META_WABA_ID', '300100300100300', 'fine'],
    ['META_WABA_ID', '300100300100300', 'mistake', 'META_APP_ID=300100300100300'],
    ['META_APP_ID', '12a', 'mistake'],
    ['META_WEBHOOK_VERIFY_TOKEN', '5d41402abc4b2a76b9719d911017c592', 'fine'],
    ['META_WEBHOOK_VERIFY_TOKEN', 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6', 'warning'],
    ['META_WEBHOOK_VERIFY_TOKEN', 'short', 'warning'],
    ['META_WEBHOOK_VERIFY_TOKEN', 'EAAGabcdefghijklmnop', 'warning'],
    ['META_GRAPH_VERSION', '25.0', 'mistake'],
    ['META_GRAPH_URL', 'https://graph.facebook.com/v25.0', 'mistake'],
    ['META_GRAPH_URL', 'http://meta.test:9000', 'warning'],
    ['META_GRAPH_URL', 'graph.facebook.com', 'mistake'],
    ['PUBLIC_URL', 'https://api.example.com/', 'fine'],
    ['PUBLIC_URL', 'http://api.example.com', 'warning'],
    ['PUBLIC_URL', 'http://localhost:8000', 'warning'],
    ['PUBLIC_URL', 'api.example.com', 'mistake'],
    ['PUBLIC_URL', 'https://api.example.com/?a=1', 'mistake'],
    ['HOST', '::', 'fine'],
    ['HOST', 'http://0.0.0.0', 'mistake'],
    ['HOST', '0.0.0.0:8000', 'mistake'],
    ['PORT', '0', 'fine'],
    ['PORT', '65536', 'mistake'],
    ['PORT', '-1', 'mistake'],
    ['PORT', '80.5', 'mistake'],
    ['ADMIN_PORT', '8001', 'fine'],
    ['ADMIN_PORT', '0', 'fine', 'PORT=0'],
    ['ADMIN_PORT', '8000', 'mistake'],
    ['ADMIN_PORT', '9000', 'mistake', 'PORT=9000'],
    ['ADMIN_PORT', '8000', 'fine', 'PORT=9000'],
    ['META_REGISTRATION_PIN', '212834', 'fine'],
    ['META_REGISTRATION_PIN', '12345', 'mistake'],
    ['META_REGISTRATION_PIN', 'secret', 'mistake'],
    ['ADMIN_PORT', 'none', 'mistake'],
    ['ADMIN_PORT', '80000', 'mistake', 'PORT=80000'],
    ['ADMIN_HOST', 'http://10.0.0.5', 'mistake'],
    ['RECADO_ENCRYPTION_KEY', '07'.repeat(32), 'fine'],
    ['RECADO_ENCRYPTION_KEY', `${'A'.repeat(43)}=`, 'fine'],
    ['RECADO_ENCRYPTION_KEY', `${'07'.repeat(32)}, ${'08'.repeat(32)}`, 'fine'],
    ['RECADO_ENCRYPTION_KEY', '07'.repeat(31), 'mistake'],
    ['RATE_LIMIT', '1', 'fine'],
    ['RATE_LIMIT', 'none', 'fine'],
    ['RATE_LIMIT', '0', 'mistake'],
    ['RATE_LIMIT', '1e3', 'mistake'],
    ['DATABASE_URL', 'sqlite:recado.db', 'fine'],
    ['DATABASE_URL', 'sqlite::memory:', 'mistake'],
    ['DATABASE_URL', 'sqlite:', 'mistake'],
    ['DATABASE_URL', 'recado.db', 'mistake'],
    ['DATABASE_URL', 'postgresql://localhost/recado', 'fine'],
    ['DATABASE_URL', 'postgres://ana:s%40cret@db:5433/recado?sslmode=require', 'fine'],
    ['DATABASE_URL', 'postgres:///recado?host=/run/postgresql', 'fine'],
    ['DATABASE_URL', 'postgres://ana:secret@db', 'mistake'],
    ['DATABASE_URL', 'postgres://ana:sec#ret@db/recado', 'mistake'],
    ['DATABASE_URL', 'mysql://db/recado', 'mistake'],
    ['DATABASE_DIRECT_URL', 'postgres://db/recado', 'mistake'],
    ['RECADO_ROLES', 'receive, work', 'fine'],
    ['RECADO_ROLES', 'receive,send', 'mistake'],
    ['RECADO_ROLES', 'receive', 'mistake'],
    ['RECADO_ROLES', 'work', 'mistake', 'DATABASE_URL=sqlite:./data/recado.db'],
    ['RECADO_ADMIN_KEY', 'short', 'mistake'],
    ['RECADO_ADMIN_KEY', 'somewhat-longer', 'warning'],
    ['RECADO_ADMIN_KEY', 'rk_ with spaces and more of them', 'mistake'],
    ['RECADO_ONLY_TO', ',', 'mistake'],
    ['RECADO_ONLY_TO', 'notanumber', 'mistake'],
    ['RECADO_ONLY_TO', '558587654321, notanumber', 'mistake'],
    ['RECADO_ONLY_TO', '12345', 'mistake'],
    ['ENDPOINT_NETWORKS', '10.1.0.0/33', 'mistake'],
    ['ENDPOINT_NETWORKS', 'localhost', 'mistake'],
    ['RECADO_ONLY_TO', 'US.13491208655302741918, US.ENT.11815799212886844830', 'fine'],
    ['RECADO_ONLY_TO', 'ct_01k9x2m4c7b8d3fq', 'fine'],
    ['RECADO_URL', 'localhost:8000', 'mistake'],
    ['LOG_LEVEL', 'loud', 'mistake'],
    ['LOG_PERSONAL_DATA', 'maybe', 'mistake'],
  ];
  for (const [name, value, verdict, beside] of table) {
    it(`finds ${name}=${value} ${verdict}${beside === undefined ? '' : ` beside ${beside}`}`, () => {
      const reading = read([`${name}=${value}`, beside ?? ''].join('\n'));
      const found = !reading.ok ? 'mistake' : reading.warnings.length > 0 ? 'warning' : 'fine';
      expect(found).toBe(verdict);
    });
  }

  it('holds an id that is given while Recado runs to the same rule', () => {
    const meta = { graphUrl: 'https://graph.facebook.com', wabaId: '300100300100300', appId: null };
    expect(phoneNumberIdMistake('558587654321', meta)).toMatchObject({
      found: 'this is the phone number +55 8587654321, not its id',
    });
    expect(phoneNumberIdMistake('300100300100300', meta)).toMatchObject({
      found: 'this is the same as META_WABA_ID',
    });
    expect(phoneNumberIdMistake('200100200100201', meta)).toBeNull();
    expect(phoneNumberIdMistake('1000000000001', meta)).toBeNull();
    expect(phoneNumberIdMistake('558587654321', { ...meta, graphUrl: 'http://127.0.0.1:9000' })).toBeNull();
  });

  it('sees quotes that an environment file left in the value', () => {
    expect(mistakesOf('', { environment: { META_APP_SECRET: `"${secret}"` } })).toMatchObject([
      { expected: 'the value without quotes around it' },
    ]);
  });

  it('never shows a secret', () => {
    for (const setting of settings.filter((candidate) => candidate.secret)) {
      for (const value of ['Bearer tell nobody', 'tell-nobody', '0123456', '+55 11 3210-0000']) {
        const reading = read('', { environment: { [setting.name]: value } });
        expect(JSON.stringify(reading.ok ? reading.warnings : reading.mistakes)).not.toContain(value);
      }
    }
  });
});
