import { readFile } from 'node:fs/promises';
import type { PersonFile } from '../simulator/simulator.ts';

/** The kinds of files that a pretend person can send; `voice` is audio that was recorded in WhatsApp. */
export const fileKinds = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const;

type FileKind = (typeof fileKinds)[number];

/** What a phone has at hand, in the types that WhatsApp itself sends (meta-facts §4.2). */
const samples = {
  image: { name: 'picture.jpg', mimeType: 'image/jpeg' },
  voice: { name: 'voice.ogg', mimeType: 'audio/ogg; codecs=opus' },
  document: { name: 'document.pdf', mimeType: 'application/pdf' },
  sticker: { name: 'sticker.webp', mimeType: 'image/webp' },
} as const satisfies Partial<Record<FileKind, { name: string; mimeType: string }>>;

/** The kinds of which there is a sample. */
export const sampleKinds = [
  'image',
  'voice',
  'document',
  'sticker',
] as const satisfies (keyof typeof samples)[];

/** The sample of a kind, with the name of its file. */
export async function readSample(
  kind: (typeof sampleKinds)[number],
): Promise<PersonFile & { filename: string }> {
  const { name, mimeType } = samples[kind];
  return { bytes: await readFile(new URL(`./samples/${name}`, import.meta.url)), mimeType, filename: name };
}
