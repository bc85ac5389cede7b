import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import { failureOf } from '../../src/domain/failure.ts';
import { filesOf, kindsWithMedia, type NewMediaFile } from '../../src/domain/media-file.ts';
import type { Upload } from '../../src/domain/upload.ts';
import type { SettledMedia } from '../../src/flows/media/media-store.ts';
import { webhookOf } from '../support/running-gateway.ts';
import { hear, lane, receivedAt } from './hear.ts';

const ana = '558587654321';
const sha256 = 'a'.repeat(64);

const document = (id: string, filename = 'Orçamento "1".pdf') =>
  webhookOf({
    messages: [
      {
        from: ana,
        id: `wamid.${id}`,
        timestamp: String(receivedAt / 1000),
        type: 'document',
        document: { id, mime_type: 'application/pdf', filename },
      },
    ],
  });

/** Hears documents with these ids, and notes their files. */
async function note(store: Store, ...ids: string[]): Promise<NewMediaFile[]> {
  await hear(store, ...ids.map((id) => document(id)));
  const events = await store.listEvents({ after: 0, kinds: kindsWithMedia, limit: 100 });
  const files = events.flatMap(filesOf);
  await store.noteMedia({ files, place: events.at(-1)?.position ?? 0 });
  return files;
}

function kept(id: string, hash = sha256): SettledMedia {
  const ended = { failure: null, tries: 1, nextTryAt: null, endedAt: receivedAt + 5 };
  return { id, state: 'kept', mimeType: 'application/pdf', sha256: hash, size: 7, ...ended };
}

const everything = { now: receivedAt + 1_000_000, limit: 100 };
const page = { after: null, state: null, limit: 100 };

/** What every engine must do with the files of messages. */
export function mediaContract(engine: string, open: () => Promise<Store>): void {
  describe(`files of messages on ${engine}`, () => {
    it('are noted once, and the place in the feed only moves on', async () => {
      const store = await open();
      expect(await store.mediaPlace(receivedAt)).toBe(0);
      const [file] = await note(store, '1');
      expect(file).toEqual({
        id: '1',
        lane,
        position: 1,
        receivedAt,
        mimeType: 'application/pdf',
        filename: 'Orçamento "1".pdf',
      });
      await store.settleMedia(kept('1'));
      await note(store, '1', '2');
      expect((await store.listMedia(page)).map(({ id, state }) => [id, state])).toEqual([
        ['1', 'kept'],
        ['2', 'waiting'],
      ]);
      const place = await store.mediaPlace(receivedAt);
      expect(place).toBe(
        (await store.listEvents({ after: 0, kinds: ['message'], limit: 9 })).at(-1)?.position,
      );
      await store.noteMedia({ files: [], place: 1 });
      expect(await store.mediaPlace(receivedAt)).toBe(place);
    });

    it('begin behind what is too old where nobody has looked yet', async () => {
      const store = await open();
      await hear(store, document('1'));
      expect(await store.mediaPlace(receivedAt)).toBe(0);
      expect(await store.mediaPlace(receivedAt + 1)).toBeGreaterThan(0);
    });

    it('of an event that is gone meanwhile are not noted', async () => {
      const store = await open();
      await hear(store, document('1'));
      const [event] = await store.listEvents({ after: 0, kinds: ['message'], limit: 1 });
      const files = event === undefined ? [] : filesOf(event);
      await store.noteMedia({ files: files.map((file) => ({ ...file, position: 99 })), place: 99 });
      expect(await store.findMedia('1')).toBeNull();
    });

    it('are due when their time has come, the longest due first', async () => {
      const store = await open();
      await note(store, '1', '2');
      const failure = failureOf('media-unavailable', { code: 100, details: 'A “reason”\u0000.' });
      const none = { mimeType: null, sha256: null, size: null, endedAt: null, tries: 1 };
      await store.settleMedia({ ...none, id: '1', state: 'waiting', failure, nextTryAt: receivedAt + 10 });
      const due = async (now: number) =>
        (await store.readMediaWork({ now, limit: 9 })).due.map(({ id }) => id);
      expect(await due(receivedAt - 1)).toEqual([]);
      expect(await due(receivedAt + 9)).toEqual(['2']);
      expect(await due(receivedAt + 10)).toEqual(['2', '1']);
      expect(await store.findMedia('1')).toMatchObject({ failure, tries: 1, nextTryAt: receivedAt + 10 });
      await store.settleMedia(kept('2'));
      expect(await due(receivedAt + 10)).toEqual(['1']);
    });

    it('are listed behind a place, by state', async () => {
      const store = await open();
      await note(store, '1', '2', '3');
      await store.settleMedia(kept('2'));
      const [first] = await store.listMedia({ ...page, limit: 1 });
      expect(first?.id).toBe('1');
      const rest = await store.listMedia({ ...page, after: first ?? null });
      expect(rest.map(({ id }) => id)).toEqual(['2', '3']);
      expect((await store.listMedia({ ...page, state: 'kept' })).map(({ id }) => id)).toEqual(['2']);
    });

    it('are a backlog when they wait for long, unless one that came later is kept', async () => {
      const store = await open();
      await note(store, '1', '2');
      expect(await store.readMediaBacklog(receivedAt)).toBeNull();
      expect(await store.readMediaBacklog(receivedAt + 1)).toEqual({
        count: 2,
        oldest: { receivedAt, failure: null },
      });
      await store.settleMedia(kept('1'));
      expect(await store.readMediaBacklog(receivedAt + 1)).toMatchObject({ count: 1 });
      await store.settleMedia(kept('2'));
      expect(await store.readMediaBacklog(receivedAt + 1)).toBeNull();
    });

    it('go with their message; shared bytes stay until nobody has them', async () => {
      const store = await open();
      await note(store, '1', '2', '3');
      await store.settleMedia(kept('1'));
      await store.settleMedia(kept('3'));
      await store.forgetEvents({ after: 0, receivedBefore: receivedAt + 1, limit: 2 });
      expect((await store.listMedia(page)).map(({ id }) => id)).toEqual(['3']);
      expect(await store.findMedia('1')).toBeNull();
      const { due, forgotten } = await store.readMediaWork(everything);
      expect(due).toEqual([]);
      expect(forgotten).toEqual([
        { id: '1', sha256: null },
        { id: '2', sha256: null },
      ]);
      // It was being fetched while it was forgotten: its bytes are known, and go too.
      await store.settleMedia(kept('2', 'b'.repeat(64)));
      expect((await store.readMediaWork(everything)).forgotten).toContainEqual({
        id: '2',
        sha256: 'b'.repeat(64),
      });
      expect(await store.deleteMedia(['1', '2', '3'])).toBe(2);
      expect((await store.readMediaWork(everything)).forgotten).toEqual([]);

      await store.forgetMedia(receivedAt);
      expect(await store.findMedia('3')).not.toBeNull();
      await store.forgetMedia(receivedAt + 1);
      expect((await store.readMediaWork(everything)).forgotten).toEqual([{ id: '3', sha256 }]);
    });
  });
  describe(`uploads on ${engine}`, () => {
    const upload: Upload = {
      id: '7',
      businessPhoneId: '200',
      mimeType: 'image/jpeg',
      sha256,
      size: 3_000_000_000,
      uploadedAt: 1_000,
      expiresAt: 5_000,
    };

    it('are found by their content, the one that Meta keeps longest, and only while it does', async () => {
      const store = await open();
      expect(await store.findUpload(upload, 0)).toBeNull();
      await store.keepUpload(upload);
      const later = { ...upload, id: '8', expiresAt: 6_000 };
      await store.keepUpload(later);
      expect(await store.findUpload(upload, 4_999)).toEqual(later);
      expect(await store.findUpload(upload, 6_000)).toBeNull();
      for (const other of [{ businessPhoneId: '201' }, { mimeType: 'image/png' }, { sha256: 'b' }]) {
        expect(await store.findUpload({ ...upload, ...other }, 0)).toBeNull();
      }
      // The same id once more is the same upload; what has ended goes.
      await store.keepUpload({ ...later, uploadedAt: 5_000, expiresAt: 9_000 });
      expect(await store.findUpload(upload, 0)).toMatchObject({ id: '8', expiresAt: 9_000 });
    });
  });
}
