import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../fixtures/webhooks/', import.meta.url));

/** The names of all webhook bodies in test/fixtures/webhooks, without `.json`. */
export function webhookFixtureNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** The bytes of one of them. */
export function webhookFixture(name: string): Uint8Array {
  return readFileSync(`${folder}${name}.json`);
}
