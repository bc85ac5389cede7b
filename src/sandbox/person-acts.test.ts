import { describe, expect, it } from 'vitest';
import { ana, openSandboxRoutes } from '../../test/support/sandbox-routes.ts';

/** Ana with a message of the business that has something to tap. */
async function openChat() {
  const routes = await openSandboxRoutes();
  const { simulator } = routes;
  await simulator.person(ana).writes('Hi');
  const { phoneNumberId, accessToken } = simulator.settings;
  const answer = await fetch(`${simulator.graphUrl}/v25.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: ana,
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Will you come?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'I will come' } }] },
      },
    }),
  });
  expect(answer.status).toBe(200);
  await simulator.drain();
  const asked = simulator.person(ana).messages().at(-1)?.id ?? '';
  const act = (verb: string, body: unknown) => routes.post(`/sandbox/people/${ana}/${verb}`, body);
  const last = () => simulator.person(ana).messages().at(-1);
  return { ...routes, asked, act, last };
}

describe('a person', () => {
  it.each([
    ['image', 'image', 'image/jpeg'],
    ['voice', 'audio', 'audio/ogg'],
    ['document', 'document', 'application/octet-stream'],
    ['sticker', 'sticker', 'image/webp'],
  ])('sends the sample %s, which the page gets from this server', async (kind, arrives, type) => {
    const { act, last, ask } = await openChat();
    expect((await act('files', { kind, sample: true })).status).toBe(204);
    const content = last()?.content;
    expect(content).toMatchObject({ kind: arrives });
    const id = content !== undefined && 'media' in content ? content.media.id : null;
    const served = await ask(`/sandbox/media/${id}`);
    expect(served.status).toBe(200);
    expect(served.headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it('sends a file of their own, with a caption, as an answer', async () => {
    const { act, last, asked, simulator } = await openChat();
    const base64 = Buffer.from('%PDF-1.4').toString('base64');
    const file = { kind: 'document', mimeType: 'application/pdf', base64, filename: 'cv.pdf' };
    expect((await act('files', { ...file, caption: 'My CV', replyTo: asked })).status).toBe(204);
    expect(last()).toMatchObject({
      text: 'My CV',
      answers: asked,
      content: { kind: 'document', filename: 'cv.pdf', media: { mimeType: 'application/pdf' } },
    });
    const content = last()?.content;
    const id = content?.kind === 'document' ? (content.media.id ?? '') : '';
    expect(Buffer.from(simulator.media.find(id)?.bytes ?? []).toString()).toBe('%PDF-1.4');
  });

  it('sends a place and a contact card, answers, taps, reacts', async () => {
    const { act, last, asked } = await openChat();
    await act('locations', { latitude: -23.5614, longitude: -46.6559, name: 'Avenida Paulista' });
    expect(last()?.content).toMatchObject({ kind: 'location', latitude: -23.5614, name: 'Avenida Paulista' });
    await act('contacts', { name: 'Carla Dias', number: '+55 21 98888-7777' });
    expect(last()?.content).toMatchObject({
      kind: 'contacts',
      cards: [{ name: 'Carla Dias', phones: [{ number: '+5521988887777' }] }],
    });
    await act('messages', { text: 'When?', replyTo: asked });
    expect(last()).toMatchObject({ text: 'When?', answers: asked });
    expect((await act('taps', { messageId: asked, choice: 'yes' })).status).toBe(204);
    expect(last()).toMatchObject({
      content: { kind: 'button-reply', id: 'yes', title: 'I will come' },
      answers: asked,
    });
    await act('reactions', { messageId: asked, emoji: '👍' });
    expect(last()?.content).toEqual({ kind: 'reaction', messageId: asked, emoji: '👍' });
  });

  it('blocks, refuses marketing, calls, takes a username, changes number', async () => {
    const { act, simulator, ask } = await openChat();
    await act('blocking', { blocked: true });
    expect((await ask('/sandbox/people')).body).toMatchObject({ people: [{ blocked: true }] });
    await act('blocking', { blocked: false });
    expect(simulator.person(ana).blocked).toBe(false);
    expect((await act('marketing', { wanted: false })).status).toBe(204);
    expect((await act('marketing', { wanted: true })).status).toBe(204);
    simulator.time.jump(25 * 3_600_000);
    expect(simulator.person(ana).window().open).toBe(false);
    await act('calls', {});
    expect(simulator.person(ana).window().open).toBe(true);
    await act('username', { username: 'ana.souza', hideNumber: true });
    expect(simulator.person(ana).username).toBe('ana.souza');
    await act('number', { number: '+55 85 91111-2222' });
    expect((await ask('/sandbox/people')).body).toMatchObject({
      people: [{ waId: '5585911112222', username: 'ana.souza', messages: [{ text: 'Hi' }, {}] }],
    });
  });

  it.each([
    ['files', { kind: 'video', sample: true }, 'file-invalid'],
    ['files', { kind: 'image', mimeType: 'image/png', base64: '!' }, 'file-invalid'],
    ['files', { kind: 'image', mimeType: 'nonsense', base64: 'AAAA' }, 'file-invalid'],
    ['locations', { latitude: 91, longitude: 0 }, 'location-invalid'],
    ['locations', { latitude: '-23,5', longitude: 0 }, 'location-invalid'],
    ['contacts', { name: '', number: '+5521988887777' }, 'contact-invalid'],
    ['number', { number: '12' }, 'number-invalid'],
    ['username', { username: 'a b', hideNumber: true }, 'username-invalid'],
    ['taps', { choice: 'yes' }, 'act-invalid'],
    ['blocking', {}, 'act-invalid'],
  ])('is refused nonsense: %s %j', async (verb, body, code) => {
    const { act } = await openChat();
    expect((await act(verb, body)).body).toMatchObject({ status: 400, code, remedy: expect.any(String) });
  });

  it('is told what is not possible, and does nothing while offline', async () => {
    const { act, asked, simulator } = await openChat();
    const tapped = await act('taps', { messageId: asked, choice: 'no' });
    expect(tapped.body).toMatchObject({
      status: 409,
      code: 'act-impossible',
      detail: expect.stringContaining('I will come'),
    });
    simulator.person('5511987654321', { name: 'Bruno Lima' });
    const taken = await act('number', { number: '+5511987654321' });
    expect(taken.body).toMatchObject({ code: 'act-impossible', detail: expect.stringContaining('Bruno') });
    simulator.person(ana).setOnline(false);
    expect((await act('files', { kind: 'image', sample: true })).body).toMatchObject({
      status: 409,
      code: 'person-offline',
    });
  });
});

describe('files on a phone', () => {
  it.each(['text/html', 'image/svg+xml', 'text/javascript', 'application/xhtml+xml'])(
    'are never shown as %s, which could run',
    async (mimeType) => {
      const { ask, simulator } = await openSandboxRoutes();
      const owner = { phoneNumberId: simulator.settings.phoneNumberId };
      const { id } = simulator.media.put({ bytes: Buffer.from('<script>1</script>'), mimeType, owner });
      expect((await ask(`/sandbox/media/${id}`)).headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
      });
    },
  );

  it('are gone when Meta has let them go', async () => {
    const { ask, simulator } = await openSandboxRoutes();
    const owner = { phoneNumberId: simulator.settings.phoneNumberId, origin: 'received' } as const;
    const { id } = simulator.media.put({ bytes: Buffer.from('x'), mimeType: 'image/png', owner });
    simulator.time.jump(8 * 24 * 3_600_000);
    expect((await ask(`/sandbox/media/${id}`)).body).toMatchObject({ status: 404, code: 'media-unknown' });
  });
});

describe('time', () => {
  it('jumps, stops, runs fast, and goes on', async () => {
    const { post, simulator } = await openSandboxRoutes();
    await post('/sandbox/time', { paused: true });
    const before = simulator.time.now();
    const jumped = await post('/sandbox/time', { jump: 25 * 3_600_000 });
    expect(jumped.body).toEqual({ now: before + 25 * 3_600_000, paused: true, speed: 1 });
    expect((await post('/sandbox/time', { speed: 60 })).body).toMatchObject({ speed: 60, paused: true });
    expect((await post('/sandbox/time', { paused: false })).body).toMatchObject({ paused: false });
  });

  it.each([{}, { jump: -1 }, { jump: 1e12 }, { speed: 0 }, { speed: 60, paused: true }, { paused: 'no' }])(
    'is not moved by %j',
    async (body) => {
      const { post, simulator } = await openSandboxRoutes();
      simulator.time.pause();
      const before = simulator.time.now();
      expect((await post('/sandbox/time', body)).body).toMatchObject({ status: 400, code: 'time-invalid' });
      expect(simulator.time.now()).toBe(before);
    },
  );
});
