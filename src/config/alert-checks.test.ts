import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

function read(environment: Record<string, string>) {
  return readConfig({ environment, dotenv: null, readFile: () => '' });
}

const smtp = 'smtp://recado:p%40ss@smtp.example.com:587';

describe('who is told of alarms', () => {
  it('is nobody outside by default', () => {
    expect(read({})).toMatchObject({ ok: true, config: { alerts: { webhookUrl: null, mail: null } } });
  });

  it('is a webhook with any path and query, and several people by mail', () => {
    const reading = read({
      ALERT_WEBHOOK_URL: 'https://hooks.example.com/T0/B0?key=x',
      ALERT_EMAIL: 'ops@example.com, ana@example.com',
      SMTP_URL: smtp,
    });
    expect(reading).toMatchObject({
      ok: true,
      warnings: [],
      config: {
        alerts: {
          webhookUrl: 'https://hooks.example.com/T0/B0?key=x',
          mail: { smtpUrl: smtp, from: 'ops@example.com', to: ['ops@example.com', 'ana@example.com'] },
        },
      },
    });
  });

  it('takes a sender of its own', () => {
    const reading = read({
      ALERT_EMAIL: 'ops@example.com',
      ALERT_EMAIL_FROM: 'recado@example.com',
      SMTP_URL: smtp,
    });
    expect(reading).toMatchObject({ config: { alerts: { mail: { from: 'recado@example.com' } } } });
  });

  it('warns of a mail server that nobody uses', () => {
    const reading = read({ SMTP_URL: smtp });
    expect(reading.ok ? reading.warnings.join() : '').toContain('ALERT_EMAIL');
  });

  it.each([
    ['ALERT_WEBHOOK_URL', 'hooks.example.com'],
    ['ALERT_WEBHOOK_URL', 'ftp://hooks.example.com'],
    ['ALERT_WEBHOOK_URL', 'https://user:word@hooks.example.com'],
    ['ALERT_EMAIL', 'Ana Souza <ana@example.com>'],
    ['ALERT_EMAIL_FROM', 'ana'],
    ['SMTP_URL', 'smtp.example.com'],
    ['SMTP_URL', 'https://smtp.example.com'],
    ['SMTP_URL', 'smtp://smtp.example.com:587?debug=1'],
  ])('refuses %s=%s, and says what to write', (name, value) => {
    const others = name === 'SMTP_URL' ? {} : { SMTP_URL: smtp };
    const reading = read({ ...others, [name]: value });
    expect(reading).toMatchObject({ ok: false, mistakes: [{ setting: name }] });
  });

  it('refuses recipients of mail without a server', () => {
    const reading = read({ ALERT_EMAIL: 'ops@example.com' });
    expect(reading.ok ? '' : JSON.stringify(reading.mistakes)).toContain('SMTP_URL');
  });
});
