import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import type { MediaFileBody, UploadBody } from '../../src/server/contract/kept-media.ts';
import type { ProblemBody } from '../../src/server/contract/problem.ts';
import { startObjectStore, storeKey } from '../support/object-store.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const photo = { bytes: Buffer.from('a photo of a cat'), mimeType: 'image/jpeg' };
const anas = '558587654321';

async function start(options: Parameters<typeof runGateway>[0] = {}) {
  const clock = testClock();
  const running = await runGateway({ ...options, overrides: { clock, ...options.overrides } });
  return { ...running, clock, ana: running.simulator.person(anas, { name: 'Ana Souza' }) };
}

/** The file of a message, with its headers. */
function fetchFile({ gateway }: Pick<RunningGateway, 'gateway'>, id: string, headers: object = {}) {
  return fetch(`${gateway.url}/v1/media/${id}`, {
    headers: { authorization: `Bearer ${adminKey}`, ...headers },
  });
}

const listed = async ({ api }: Pick<RunningGateway, 'api'>, query = '') =>
  (await api<Page<MediaFileBody>>('GET', `/v1/media${query}`)).body.data;

/** What lies in the folder of files, without those on their way. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

function folderOf({ config }: Pick<RunningGateway, 'config'>): string {
  return config.database.file.replace(/\.db$/, '-media');
}

describe('the file of a message', () => {
  it('is fetched soon after its message, kept under its hash, and given out by the id in the message', async () => {
    const running = await start();
    const { ana, settle, api, gateway } = running;
    await ana.sendsImage(photo, { caption: 'Look!' });
    await settle();
    const [event] = (await api<Page<EventBody>>('GET', '/v1/events?kind=message')).body.data;
    expect(event).toMatchObject({ payload: { image: { caption: 'Look!' } } });
    const [file] = await listed(running);
    expect(file).toMatchObject({
      eventId: event?.id,
      state: 'kept',
      mimeType: 'image/jpeg',
      size: photo.bytes.byteLength,
      failure: null,
      tries: 1,
      nextTryAt: null,
    });
    expect(JSON.stringify(event?.payload)).toContain(`"id":"${file?.id}"`);
    const sha256 = createHash('sha256').update(photo.bytes).digest('hex');
    expect(filesIn(folderOf(running))).toEqual([join(sha256.slice(0, 2), sha256)]);
    expect(statSync(join(folderOf(running), sha256.slice(0, 2), sha256)).mode & 0o777).toBe(0o600);

    const answer = await fetchFile(running, file?.id ?? '');
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(photo.bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment',
      'content-length': '16',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
    });
    const part = await fetchFile(running, file?.id ?? '', { range: 'bytes=2-6' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      'photo',
      'bytes 2-6/16',
    ]);
    const metrics = await fetch(`${gateway.url}/metrics`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    const text = await metrics.text();
    expect(text).toContain('recado_media_fetches_total{outcome="kept"} 1\n');
    expect(text).toContain('recado_media_bytes_total 16\n');
  });

  it('of which a browser could run something is given out as bytes, under a harmless name', async () => {
    const running = await start();
    const { ana, settle } = running;
    const page = { bytes: Buffer.from('<script>alert(1)</script>'), mimeType: 'text/html' };
    await ana.sendsDocument(page, { filename: '../../etc/Orçamento "final".html' });
    await settle();
    const [file] = await listed(running);
    expect(file).toMatchObject({ mimeType: 'text/html', filename: '../../etc/Orçamento "final".html' });
    const answer = await fetchFile(running, file?.id ?? '');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="__.._etc_Or_amento _final_.html"; filename*=UTF-8''__.._etc_Or%C3%A7amento%20%22final%22.html`,
    );
    await answer.body?.cancel();
    for (const id of ['..%2f..%2frecado.db', 'incoming', '0']) {
      const nothing = await fetchFile(running, id);
      expect(nothing.status).toBe(404);
      expect(await nothing.json()).toMatchObject({ code: 'media-unknown' });
    }
  });

  it('is one file when two people send the same bytes, and stays until neither is kept', async () => {
    const running = await start();
    const { ana, simulator, settle, api, clock, gateway } = running;
    await ana.sendsImage(photo);
    await settle();
    clock.advance(20 * day);
    await simulator.person('5511999990000').sendsImage(photo);
    await settle();
    expect(await listed(running)).toHaveLength(2);
    expect(filesIn(folderOf(running))).toHaveLength(1);

    await api('PATCH', '/v1/settings', { mediaRetention: '10 d' });
    clock.advance(2 * 60 * minute);
    await settle();
    const [younger, ...others] = await listed(running);
    expect(others).toEqual([]);
    expect((await fetchFile(running, younger?.id ?? '')).status).toBe(200);

    // A message that is forgotten takes its file along.
    await api('PATCH', '/v1/settings', { mediaRetention: null, retention: '30 d' });
    clock.advance(31 * day);
    await ana.writes('Oi');
    await settle();
    expect(await listed(running)).toEqual([]);
    expect(filesIn(folderOf(running))).toEqual([]);
    expect((await fetchFile(running, younger?.id ?? '')).status).toBe(404);
    const metrics = await fetch(`${gateway.url}/metrics`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(await metrics.text()).toContain('recado_forgotten_total{what="files"} 2\n');
  });
});

describe('a file that cannot be fetched', () => {
  it('holds up nothing, says why, and comes once the cause is cured', async () => {
    const running = await start();
    const { ana, settle, simulator, clock, api, log } = running;
    simulator.expireToken();
    await ana.sendsImage(photo);
    await settle();
    expect((await api<Page<EventBody>>('GET', '/v1/events?kind=message')).body.data).toHaveLength(1);
    const [file] = await listed(running, '?state=waiting');
    expect(file).toMatchObject({ failure: { code: 'access-token-refused', metaCode: 190 }, tries: 1 });
    const notYet = await fetchFile(running, file?.id ?? '');
    expect(notYet.status).toBe(409);
    expect(Number(notYet.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await notYet.json()).toMatchObject({
      code: 'media-not-fetched',
      detail: expect.stringContaining('Meta refused the access token'),
    });
    expect(log.filter((line) => line.includes('is not fetched yet'))).toHaveLength(1);

    simulator.renewToken();
    clock.advance(2 * minute);
    await settle();
    expect(await listed(running)).toMatchObject([{ state: 'kept', failure: null, tries: 2 }]);
  });

  it('for an hour, as every other one since, raises an alarm that resolves by itself', async () => {
    const running = await start();
    const { ana, settle, simulator, clock, api } = running;
    const alarms = async () =>
      (await api<Page<{ code: string; resolvedAt: string | null }>>('GET', '/v1/alarms')).body.data.filter(
        ({ code }) => code === 'files-not-fetched',
      );
    simulator.expireToken();
    await ana.sendsImage(photo);
    await settle();
    expect(await alarms()).toEqual([]);
    clock.advance(61 * minute);
    await settle();
    expect(await alarms()).toMatchObject([
      {
        resolvedAt: null,
        sentence: expect.stringMatching(
          /1 file waits, the oldest for 1 h 1 min: Meta refused the access token/,
        ),
      },
    ]);
    simulator.renewToken();
    clock.advance(61 * minute);
    await settle();
    expect(await listed(running)).toMatchObject([{ state: 'kept' }]);
    expect(await alarms()).toMatchObject([{ resolvedAt: expect.any(String) }]);
  });

  it('is lost after seven days, with what the last try found', async () => {
    const running = await start();
    const { ana, settle, simulator, clock } = running;
    simulator.expireToken();
    await ana.sendsImage(photo);
    await settle();
    clock.advance(7 * day);
    await settle();
    const [file] = await listed(running, '?state=failed');
    expect(file).toMatchObject({ nextTryAt: null, failure: { code: 'media-expired', metaCode: 190 } });
    const lost = await fetchFile(running, file?.id ?? '', { 'accept-language': 'pt-BR' });
    expect(lost.status).toBe(410);
    const problem = (await lost.json()) as ProblemBody;
    expect(problem.code).toBe('media-expired');
    expect(problem.remedy).toContain('peça à pessoa que envie o arquivo de novo');
    expect(problem.detail).toContain('Meta refused the access token');
  });

  it('is lost at once when it is larger than what is kept', async () => {
    const running = await start();
    const { ana, settle, api } = running;
    await api('PATCH', '/v1/settings', { mediaMegabytes: 1 });
    await ana.sendsVideo({ bytes: Buffer.alloc(1024 * 1024 + 1), mimeType: 'video/mp4' });
    await settle();
    const [file] = await listed(running);
    expect(file).toMatchObject({
      state: 'failed',
      failure: { code: 'media-too-large', details: 'At most 1 MB are kept.' },
    });
    expect(filesIn(folderOf(running))).toEqual([]);
  });

  it('waits while nothing can be written where files are kept', async () => {
    const running = await start();
    const { ana, settle, clock } = running;
    writeFileSync(folderOf(running), 'in the way');
    await ana.sendsImage(photo);
    await settle();
    expect(await listed(running)).toMatchObject([
      { state: 'waiting', failure: { code: 'media-not-kept', details: expect.stringMatching(/said E/) } },
    ]);
    rmSync(folderOf(running));
    clock.advance(minute);
    await settle();
    const [file] = await listed(running);
    expect(file).toMatchObject({ state: 'kept' });

    // Somebody has deleted it.
    rmSync(folderOf(running), { recursive: true });
    const missing = await fetchFile(running, file?.id ?? '');
    expect([missing.status, await missing.json()]).toMatchObject([404, { code: 'media-missing' }]);
  });

  it('is fetched by the next start when this one stopped before', async () => {
    const running = await start();
    const { ana, settle, simulator, clock, restart } = running;
    simulator.expireToken();
    await ana.sendsImage(photo);
    await settle();
    await restart();
    simulator.renewToken();
    clock.advance(2 * minute);
    await settle();
    expect(await listed(running)).toMatchObject([{ state: 'kept', tries: 2 }]);
  });
});

describe('a file to send', () => {
  const upload = ({ gateway }: RunningGateway, body: Uint8Array<ArrayBuffer>, type: string, query = '') =>
    fetch(`${gateway.url}/v1/media${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': type },
      body,
    });

  it('is given to Meta once while Meta has it, and sent by its id', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    const { simulator, settle, api } = running;
    const ana = simulator.person(anas);
    await ana.writes('Oi');
    await settle();
    const first = await upload(running, new Uint8Array(photo.bytes), 'image/jpeg', '?filename=cat "1".jpg');
    expect(first.status).toBe(201);
    const uploaded = (await first.json()) as UploadBody;
    expect(uploaded).toMatchObject({ mimeType: 'image/jpeg', size: 16, known: false });
    const again = await upload(running, new Uint8Array(photo.bytes), 'image/jpeg');
    expect([again.status, await again.json()]).toEqual([200, { ...uploaded, known: true }]);
    const media = { type: 'image', id: uploaded.id, caption: 'Look!' };
    await api('POST', '/v1/notifications', { to: anas, media });
    await settle();
    expect(ana.messages().at(-1)).toMatchObject({ kind: 'image', text: 'Look!' });
    expect(filesIn(folderOf(running))).toEqual([]);

    // Another type is another file; so is one that Meta will soon forget, and one that shall go again.
    expect((await upload(running, new Uint8Array(photo.bytes), 'image/png')).status).toBe(201);
    expect((await upload(running, new Uint8Array(photo.bytes), 'image/jpeg', '?again=true')).status).toBe(
      201,
    );
    clock.advance(29 * day);
    expect((await upload(running, new Uint8Array(photo.bytes), 'image/jpeg')).status).toBe(201);
  });

  it('is held against Meta’s limits before Meta is asked', async () => {
    const running = await runGateway();
    const large = await upload(running, new Uint8Array(6 * 1024 * 1024), 'image/jpeg');
    expect([large.status, await large.json()]).toMatchObject([
      413,
      { code: 'upload-too-large', detail: 'As image at most 5 MB. This one has more.' },
    ]);
    const sticker = new Uint8Array(200 * 1024);
    sticker.set(Buffer.from('RIFF....WEBPVP8X....'));
    expect((await upload(running, sticker, 'image/webp')).status).toBe(413);
    sticker[20] = 0b10;
    expect((await upload(running, sticker, 'image/webp')).status).toBe(201);
    expect((await upload(running, new Uint8Array(0), 'image/png')).status).toBe(400);
    expect((await upload(running, new Uint8Array(6 * 1024 * 1024), 'application/pdf')).status).toBe(201);
    const refused = await upload(running, new Uint8Array(1), 'image/jpeg', '?businessPhone=1');
    expect(await refused.json()).toMatchObject({ code: 'business-phone-unknown' });
    running.simulator.expireToken();
    const expired = await upload(running, new Uint8Array(1), 'image/jpeg');
    expect([expired.status, await expired.json()]).toMatchObject([
      422,
      { code: 'upload-refused', detail: expect.stringContaining('#190') },
    ]);
  });
});

describe('a store of objects in the place of the folder', () => {
  async function startWithBucket() {
    const store = await startObjectStore();
    const running = await start({
      config: (config) => ({
        ...config,
        media: { folder: null, bucket: { ...storeKey, url: store.url } },
      }),
    });
    return { running, store };
  }

  it('keeps files, gives them out whole and in part, and loses what is forgotten', async () => {
    const { running, store } = await startWithBucket();
    const { ana, settle, api, clock } = running;
    await ana.sendsImage(photo);
    await settle();
    const sha256 = createHash('sha256').update(photo.bytes).digest('hex');
    expect([...store.objects]).toEqual([[`/our-bucket/recado/${sha256.slice(0, 2)}/${sha256}`, photo.bytes]]);
    expect(filesIn(folderOf(running))).toEqual([]);
    const [file] = await listed(running);
    expect(await (await fetchFile(running, file?.id ?? '')).text()).toBe('a photo of a cat');
    const part = await fetchFile(running, file?.id ?? '', { range: 'bytes=2-6' });
    expect([part.status, await part.text()]).toEqual([206, 'photo']);

    await api('PATCH', '/v1/settings', { mediaRetention: '7 d' });
    clock.advance(8 * day);
    await settle();
    expect(await listed(running)).toEqual([]);
    expect(store.objects.size).toBe(0);
  });

  it('that is away holds up nothing: files wait, and what it lost is said', async () => {
    const { running, store } = await startWithBucket();
    const { ana, settle, clock } = running;
    store.failWith(503);
    await ana.sendsImage(photo);
    await settle();
    expect(await listed(running)).toMatchObject([
      { state: 'waiting', failure: { code: 'media-not-kept', details: 'The system said HTTP 503.' } },
    ]);
    expect(filesIn(folderOf(running))).toEqual([]);
    store.failWith(null);
    clock.advance(minute);
    await settle();
    const [file] = await listed(running);
    expect(file).toMatchObject({ state: 'kept', tries: 2 });
    store.failWith(403);
    const away = await fetchFile(running, file?.id ?? '');
    expect([away.status, await away.json()]).toMatchObject([
      503,
      { code: 'media-place-unavailable', detail: 'The system said HTTP 403.' },
    ]);
    store.failWith(null);
    store.objects.clear();
    expect((await fetchFile(running, file?.id ?? '')).status).toBe(404);
  });
});
