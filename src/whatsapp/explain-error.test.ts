import { describe, expect, it } from 'vitest';
import { failureCodes, failureRow } from '../domain/failure.ts';
import { failureText } from '../domain/failure-text.ts';
import { languages } from '../domain/language.ts';
import { entryOfMetaCode, errorFamilies, failureCodeOfMeta } from './error-catalogue.ts';
import { explainAll, explainError } from './explain-error.ts';

/** Every code of the table in meta-facts §5, with the codes that webhooks alone bring (§4.2, §4.3). */
const codesOfMeta = [
  0, 1, 2, 3, 4, 10, 33, 100, 190, 200, 217, 299, 368, 80007, 130403, 130429, 130472, 130497, 131000, 131005,
  131008, 131009, 131014, 131016, 131021, 131026, 131030, 131031, 131035, 131036, 131037, 131042, 131044,
  131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131055, 131056, 131057, 131059, 131060,
  131062, 131063, 131064, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068,
  132069, 133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 134100, 134101,
  134102, 135000, 136024, 137000, 138000, 138012, 139000, 139004, 2388000, 2388023, 2494100, 2593107, 2593108,
  2593109, 1752041,
];

const entries = errorFamilies.flatMap((family) => family.entries);

describe('the error catalogue', () => {
  it.each(codesOfMeta)('knows #%d in every language', (code) => {
    for (const language of languages) {
      expect(explainError(`${code}`, language)).toMatchObject({ known: true, metaCode: code });
    }
  });

  it('knows no code but those that meta-facts name', () => {
    const named = entries.filter(({ code }) => !codesOfMeta.includes(code));
    expect(named.map(({ code }) => code)).toEqual([]);
  });

  it('has one entry for each code', () => {
    for (const [index, entry] of entries.entries()) {
      const others = entries.filter((_, other) => other !== index);
      const last = entry.lastCode ?? entry.code;
      expect(last).toBeGreaterThanOrEqual(entry.code);
      expect(others.filter(({ code }) => code >= entry.code && code <= last)).toEqual([]);
    }
  });

  it.each(entries.map((entry) => [entry.code, entry] as const))('says all of #%d twice', (_, entry) => {
    const { en, 'pt-BR': portuguese } = entry;
    expect(en.meaning).not.toBe(portuguese.meaning);
    expect(en.steps).not.toEqual(portuguese.steps);
    expect(en.steps).toHaveLength(portuguese.steps.length);
    for (const sentence of [en.meaning, portuguese.meaning, ...en.steps, ...portuguese.steps]) {
      expect(sentence).toMatch(/^\S.*(?:[.?!]|https:\/\/\S+)$/s);
    }
    expect(entry.appears.length).toBeGreaterThan(0);
  });

  it('leads from one code only to codes that it knows', () => {
    const texts = entries.flatMap((entry) => languages.map((language) => JSON.stringify(entry[language])));
    const named = texts.join().matchAll(/#(\d+)/g);
    for (const [, code] of named) expect(entryOfMetaCode(Number(code)), `#${code}`).not.toBeNull();
  });

  it('never blames a webhook’s absence for #133010, nor sends anybody to wait for a message', () => {
    for (const language of languages) {
      const steps = explainError('133010', language)?.steps.join(' ');
      expect(steps).toContain('/register');
      expect(steps).not.toMatch(/webhook/i);
      expect(explainError('133010', language)?.meaning).toContain('webhook');
    }
    expect(explainError('131030', 'pt-BR')?.meaning).toContain('nono dígito');
    expect(explainError('131047', 'en')?.steps[0]).toContain('template');
  });

  it('says that Meta itself explains a history that is not shared', () => {
    expect(explainError('2593109', 'en')).toMatchObject({ documentedByMeta: true });
  });
});

describe('the failures in Portuguese', () => {
  it.each(failureCodes)('%s is translated', (code) => {
    const english = failureText(code, 'en');
    const portuguese = failureText(code, 'pt-BR');
    expect(english).toEqual({ title: failureRow(code).title, remedy: failureRow(code).remedy });
    expect(portuguese.title).not.toBe(english.title);
    expect(portuguese.remedy).not.toBe(english.remedy);
    for (const sentence of Object.values(portuguese)) expect(sentence).toMatch(/^\S.*\.$/);
  });
});

describe('explainError', () => {
  it.each(['133010', '#133010', '(#133010)', ' 133010 '])('reads %j', (text) => {
    expect(explainError(text, 'en')).toMatchObject({
      code: 'business-phone-not-registered',
      metaCode: 133010,
      metaTitle: 'Phone number Not Registered',
    });
  });

  it.each(['', 'no-such-code', '1e3', '-1', '(133010', '1234567890'])('takes %j for no code', (text) => {
    expect(explainError(text, 'en')).toBeNull();
  });

  it('retries as the failure table does, and says what it knows where no message is concerned', () => {
    for (const explanation of explainAll('en')) {
      const failure = failureCodeOfMeta(explanation.metaCode ?? -1);
      if (failure === null) {
        expect(explanation.retriedByRecado).toBe(false);
        continue;
      }
      const { retry } = failureRow(failure);
      expect(explanation).toMatchObject({
        code: failure,
        retried: retry.help,
        retriedByRecado: retry.help === 'later',
        retryAfter: retry.help === 'later' ? retry.delay / 1000 : null,
      });
    }
    expect(explainError('133015', 'en')).toMatchObject({ retried: 'later', retryAfter: 300 });
    expect(explainError('133008', 'en')).toMatchObject({ retried: 'later', retryAfter: null });
  });

  it('explains a failure of ours with its numbers', () => {
    expect(explainError('window-closed', 'pt-BR')).toMatchObject({
      known: true,
      code: 'window-closed',
      metaCode: null,
      metaCodes: [131047],
      steps: [failureText('window-closed', 'pt-BR').remedy],
    });
  });

  it('says honestly that it does not know a number, and what its neighbours are about', () => {
    const unknown = explainError('987654', 'en');
    expect(unknown).toMatchObject({ known: false, code: 'meta-refused', metaCode: 987654, retried: 'never' });
    expect(unknown?.meaning).toContain('Recado does not know #987654');
    expect(unknown?.steps.join(' ')).toContain('developers.facebook.com');
    expect(explainError('133999', 'en')?.meaning).toContain('registration of your own number');
    expect(explainError('132999', 'pt-BR')?.meaning).toContain('modelos');
  });

  it('lists the catalogue by number', () => {
    const codes = explainAll('en').map(({ metaCode }) => metaCode ?? -1);
    expect(codes).toEqual([...codes].sort((one, other) => one - other));
    expect(codes).toHaveLength(entries.length);
  });
});
