import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { createMediaFolder } from './media-folder.ts';

async function* bytesOf(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a part');
  throw new Error('the connection broke');
}

async function textOf(bytes: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  if (bytes === null) return null;
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString();
}

it('shows nothing of a file before it is whole, and all of it then', async () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  const shelf = createMediaFolder(folder);
  const file = await shelf.receive(bytesOf('Olá', ', mundo'), 100);
  expect(file?.size).toBe(11);
  if (file === null) return;
  expect(await shelf.read(file)).toBeNull();
  expect(await textOf(file.bytes())).toBe('Olá, mundo');
  await file.keep();
  expect(await textOf(await shelf.read(file))).toBe('Olá, mundo');
  expect(await textOf(await shelf.read(file, { first: 6, last: 10 }))).toBe('mundo');
  // A file that somebody has changed is none of ours.
  expect(await shelf.read({ ...file, size: 12 })).toBeNull();
  expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  await shelf.remove(file.sha256);
  await shelf.remove(file.sha256);
  expect(await shelf.read(file)).toBeNull();
});

it('leaves nothing behind of what is too large, breaks off, or is thrown away', async () => {
  const folder = temporaryFolder();
  const shelf = createMediaFolder(folder);
  expect(await shelf.receive(bytesOf('12345', '6'), 5)).toBeNull();
  await expect(shelf.receive(breaking(), 100)).rejects.toThrow('the connection broke');
  const file = await shelf.receive(bytesOf('12345'), 5);
  await file?.discard();
  expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
});

it('removes what a process that died left on its way, and nothing younger', async () => {
  const folder = temporaryFolder();
  const first = createMediaFolder(folder);
  await (await first.receive(bytesOf('a'), 5))?.discard();
  for (const name of ['old', 'young']) writeFileSync(join(folder, 'incoming', name), 'x');
  utimesSync(join(folder, 'incoming', 'old'), 0, 0);
  await (await createMediaFolder(folder).receive(bytesOf('a'), 5))?.discard();
  expect(readdirSync(join(folder, 'incoming'))).toEqual(['young']);
});

it('never leaves its folder', async () => {
  const shelf = createMediaFolder(temporaryFolder());
  for (const sha256 of ['../../etc/passwd', 'incoming', `${'a'.repeat(63)}/`, 'A'.repeat(64)]) {
    await expect(shelf.read({ sha256, size: 1 })).rejects.toThrow(TypeError);
    await expect(shelf.remove(sha256)).rejects.toThrow(TypeError);
  }
});

it('says the system’s word when it cannot write', async () => {
  const folder = join(temporaryFolder(), 'file');
  writeFileSync(folder, 'in the way');
  await expect(createMediaFolder(folder).receive(bytesOf('a'), 5)).rejects.toMatchObject({
    name: 'ShelfFailure',
    reason: expect.stringMatching(/^E/),
  });
});
