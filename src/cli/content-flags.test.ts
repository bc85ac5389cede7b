import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { CommandError } from './command-error.ts';
import { type ContentFlags, givenContent } from './content-flags.ts';

function folderWithFiles(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'photo.jpg'), 'a photo');
  writeFileSync(join(folder, 'offer.pdf'), 'an offer');
  writeFileSync(join(folder, 'buttons.json'), '{"interactive":{"type":"button"}}');
  writeFileSync(join(folder, 'broken.json'), '[1');
  return folder;
}

describe('what send is asked to send', () => {
  it.each<[ContentFlags, object | null, string | null]>([
    [{}, null, null],
    [
      { image: 'photo.jpg', caption: 'Oi' },
      { media: { type: 'image', id: '0', caption: 'Oi' } },
      'photo.jpg',
    ],
    [{ document: 'offer.pdf' }, { media: { type: 'document', id: '0', filename: 'offer.pdf' } }, 'offer.pdf'],
    [
      { document: 'offer.pdf', filename: 'For Ana.pdf' },
      { media: { type: 'document', id: '0', filename: 'For Ana.pdf' } },
      'offer.pdf',
    ],
    [
      { video: 'https://a.example/b.mp4' },
      { media: { type: 'video', link: 'https://a.example/b.mp4' } },
      null,
    ],
    [
      { audio: '1013859600285441', voice: true },
      { media: { type: 'audio', id: '1013859600285441', voice: true } },
      null,
    ],
    [
      { location: '-3.7319, -38.5267', locationName: 'Loja' },
      { location: { latitude: -3.7319, longitude: -38.5267, name: 'Loja' } },
      null,
    ],
    [{ reaction: '👍', toMessage: 'wamid.A' }, { reaction: { messageId: 'wamid.A', emoji: '👍' } }, null],
    [{ content: 'buttons.json' }, { interactive: { type: 'button' } }, null],
  ])('%j', (flags, members, file) => {
    const folder = folderWithFiles();
    const given = givenContent(flags, folder);
    expect(given?.members ?? null).toEqual(members);
    expect(given?.file ?? null).toEqual(file === null ? null : join(folder, file));
  });

  it.each<[string, ContentFlags]>([
    ['two files', { image: 'photo.jpg', document: 'offer.pdf' }],
    ['a file that is not there', { image: 'cat.jpg' }],
    ['a caption of nothing', { caption: 'Oi' }],
    ['a caption of a sticker', { sticker: 'photo.jpg', caption: 'Oi' }],
    ['a voice without sound', { voice: true }],
    ['a place that is none', { location: 'Fortaleza' }],
    ['a reaction to nothing', { reaction: '👍' }],
    ['content that is no object', { content: 'broken.json' }],
    ['content that is not there', { content: 'nothing.json' }],
  ])('refuses %s, with the next step', (_, flags) => {
    let error: unknown = null;
    try {
      givenContent(flags, folderWithFiles());
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ exitCode: 2, remedy: expect.stringMatching(/\w/) });
  });
});
