import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts';
import { createSimulatedClock } from '../time/simulated-clock.ts';

const waId = '558587654321';
const hour = 60 * 60 * 1000;
const first = { phoneNumberId: '200100200100200', displayPhoneNumber: '551132100000' };
const phone = { ...first, wabaId: '300100300100300', verifiedName: 'Aurora', registered: true };
const second = { ...phone, phoneNumberId: '200100200100201', displayPhoneNumber: '551132100001' };
const file = { bytes: Buffer.from('bytes of a file'), mimeType: 'image/jpeg' };

const sent = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) });

async function start(options: SimulatorOptions = {}) {
  const clock = createSimulatedClock({ start: 1_790_000_000_000 });
  clock.pause();
  const simulator = await createSimulator({ clock, seed: 'people', businessPhone: phone, ...options });
  onTestFinished(() => simulator.close());
  return { simulator, clock, ana: simulator.person(waId, { name: 'Ana Souza' }) };
}

/** Sends as a business; the wamid. */
async function send(simulator: Simulator, more: object, from = phone.phoneNumberId): Promise<string> {
  const response = await fetch(`${simulator.graphUrl}/v25.0/${from}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${simulator.settings.accessToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: `+${waId}`, ...more }),
  });
  const { messages } = sent.parse(await response.json());
  await simulator.drain();
  return messages[0]?.id ?? '';
}

const text = (body: string) => ({ type: 'text', text: { body } });
const buttons = {
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'Quando?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'tue', title: 'Terça' } }] },
  },
};

/** The values of the webhooks that were told so far. */
function told(simulator: Simulator): JsonObject[] {
  return simulator.judge.events().flatMap((event) => (event.kind === 'told' ? [event.body] : []));
}

describe('a jump of time', () => {
  const scenario = {
    steps: [
      { at: hour, person: waId, does: 'writes', text: 'one' },
      { at: 20 * hour, person: waId, does: 'writes', text: 'two' },
    ],
  } as const;

  /** Hours after the start of what a person wrote. */
  function hours(simulator: Simulator, since: number): number[] {
    const messages = simulator.person(waId).messages();
    return messages.filter(({ direction }) => direction === 'out').map(({ at }) => (at - since) / hour);
  }

  it('lets what lies in it happen at its time, so that windows close', async () => {
    const { simulator, clock, ana } = await start();
    const since = clock.now();
    const playing = simulator.play(scenario);
    clock.jump(48 * hour);
    await simulator.drain();
    expect(await playing).toEqual([]);
    expect(hours(simulator, since)).toEqual([1, 20]);
    expect(ana.window()).toMatchObject({ open: false, closesAt: since + 44 * hour });
    await send(simulator, text('Ainda aí?'));
    expect(JSON.stringify(told(simulator).at(-1))).toContain('131047');
  });

  it('lets people answer in it by themselves, in their own time', async () => {
    const { simulator, clock, ana } = await start();
    await ana.writes('Oi');
    ana.setAutoReply('Já volto', { after: hour });
    await send(simulator, text('Bom dia'));
    const since = clock.now();
    await simulator.travel(30 * hour);
    expect(hours(simulator, since)).toEqual([0, 1]);
    expect(clock.now()).toBe(since + 30 * hour);
  });
});

describe('a person', () => {
  it('taps a button of the newest message that has it, which answers that message', async () => {
    const { simulator, ana } = await start();
    await ana.writes('Oi');
    const asked = await send(simulator, buttons);
    await send(simulator, text('Estamos esperando'));
    const { messageId } = await ana.taps('Terça');
    expect(ana.messages().at(-1)).toMatchObject({
      id: messageId,
      answers: asked,
      content: { kind: 'button-reply', id: 'tue', title: 'Terça' },
    });
    expect(told(simulator).at(-1)).toMatchObject({
      entry: [{ changes: [{ value: { messages: [{ context: { id: asked, from: '551132100000' } }] } }] }],
    });
    await expect(ana.taps('Quinta')).rejects.toThrow('nothing to tap that says "Quinta"; there is: Terça');
    await expect(ana.taps('Terça', 'wamid.nothing')).rejects.toThrow('shows no message wamid.nothing');
  });

  it('sends files that the business can fetch as what they were', async () => {
    const { simulator, ana } = await start();
    await ana.sendsImage(file, { caption: 'Bolo' });
    await ana.sendsVideo(file);
    await ana.sendsDocument(file, { filename: 'conta.pdf' });
    await ana.sendsAudio(file, { voice: true });
    await ana.sendsSticker(file, { animated: true });
    const contents = ana.messages().map(({ content }) => content);
    expect(contents).toMatchObject([
      { kind: 'image', caption: 'Bolo' },
      { kind: 'video' },
      { kind: 'document', filename: 'conta.pdf' },
      { kind: 'audio', voice: true },
      { kind: 'sticker', animated: true },
    ]);
    for (const content of contents) {
      if (!('media' in content)) throw new Error('Expected a file in every message.');
      const headers = { authorization: `Bearer ${simulator.settings.accessToken}` };
      const response = await fetch(content.media.url ?? '', { headers });
      expect(Buffer.from(await response.arrayBuffer())).toEqual(file.bytes);
    }
  });

  it('sends places and cards, reacts, and takes the reaction back', async () => {
    const { simulator, ana } = await start();
    await ana.sendsLocation({ latitude: -3.7, longitude: -38.5, name: 'Mercado' });
    await ana.sendsContacts([{ name: 'Bruno', phones: [], company: null }]);
    const messageId = await send(simulator, text('Oi, Ana'));
    await ana.reacts(messageId, '👍');
    await ana.reacts(messageId, null);
    expect(ana.messages().map(({ text: words }) => words)).toEqual([
      'Mercado',
      'Bruno',
      'Oi, Ana',
      '👍',
      'Reaction removed',
    ]);
    await expect(ana.reacts('wamid.nothing', '👍')).rejects.toThrow('shows no message');
  });

  it('has a window of its own with every business phone (meta-facts §6)', async () => {
    const { simulator, ana } = await start({ furtherBusinessPhones: [second] });
    const other = ana.with(second.phoneNumberId);
    await other.writes('Oi, Recife');
    expect([ana.window().open, other.window().open]).toEqual([false, true]);
    expect(ana.messages()).toEqual([]);
    await send(simulator, text('Daqui'), second.phoneNumberId);
    expect(other.messages()).toMatchObject([
      { direction: 'out' },
      { direction: 'in', phoneNumberId: second.phoneNumberId },
    ]);
    expect(told(simulator).at(-1)).toMatchObject({
      entry: [{ changes: [{ value: { metadata: { phone_number_id: second.phoneNumberId } } }] }],
    });
    expect(() => ana.with('1')).toThrow(`Known are: ${phone.phoneNumberId}, ${second.phoneNumberId}.`);
  });

  it.each([
    ['another number', false, 'as-edits', []],
    ['as they are', true, 'as-edits', ['edit', 'revoke']],
    ['as unsupported', true, 'as-unsupported', ['unsupported', 'revoke']],
  ] as const)(
    'changes what they wrote; businesses hear: %s (meta-facts §4.2, notes)',
    async (_name, isOnBizApp, edits, heard) => {
      const { simulator, ana } = await start({
        businessPhone: { ...phone, isOnBizApp },
        openQuestions: { edits },
      });
      const { messageId } = await ana.writes('Oie');
      const before = told(simulator).length;
      await ana.edits(messageId, 'Oi');
      expect(ana.messages()[0]).toMatchObject({ text: 'Oi' });
      await ana.deletes(messageId);
      expect(ana.messages().some(({ id }) => id === messageId)).toBe(false);
      const types = told(simulator)
        .slice(before)
        .map((body) => /"type":"(edit|revoke|unsupported)"/.exec(JSON.stringify(body))?.[1]);
      expect(types).toEqual(heard);
    },
  );

  it('answers by themselves after a time', async () => {
    const { simulator, ana, clock } = await start();
    await ana.writes('Oi');
    ana.setAutoReply((message) => (message.text === 'Confirma?' ? 'Confirmo' : null), { after: hour });
    await send(simulator, text('Bom dia'));
    await send(simulator, text('Confirma?'));
    expect(ana.messages()).toHaveLength(3);
    clock.jump(hour);
    await simulator.drain();
    expect(ana.messages().slice(3)).toMatchObject([{ direction: 'out', text: 'Confirmo' }]);
    ana.setAutoReply(null);
    await send(simulator, text('Confirma?'));
    clock.jump(hour);
    await simulator.drain();
    expect(ana.messages()).toHaveLength(5);
  });

  const voice = { type: 'audio', audio: { link: 'https://shop.example/ola.ogg', voice: true } };

  it('without read receipts reads and plays in silence (meta-facts §4.3)', async () => {
    const { simulator, ana } = await start();
    await ana.writes('Oi');
    ana.setReadReceipts(false);
    const messageId = await send(simulator, voice);
    await ana.reads();
    await ana.plays(messageId);
    expect(ana.messages().at(-1)).toMatchObject({ status: 'read' });
    expect(JSON.stringify(told(simulator))).not.toMatch(/"status":"(read|played)"/);
  });

  it('plays what is to be listened to; the first time is told, with what the business attached (meta-facts §4.3)', async () => {
    const { simulator, ana } = await start();
    await ana.writes('Oi');
    const messageId = await send(simulator, { ...voice, biz_opaque_callback_data: 'n-1' });
    for (let time = 0; time < 3; time += 1) await ana.plays(messageId);
    const played = told(simulator).filter((body) => JSON.stringify(body).includes('"status":"played"'));
    expect(played).toHaveLength(1);
    expect(JSON.stringify(played)).toContain('"biz_opaque_callback_data":"n-1"');
    await expect(ana.plays(await send(simulator, text('Bom dia')))).rejects.toThrow(
      /only what the business sent/,
    );
  });

  it('does nothing that others hear of while the phone is offline', async () => {
    const { simulator, ana } = await start();
    const { messageId } = await ana.writes('Oi');
    await simulator.drain();
    const before = told(simulator).length;
    ana.setOnline(false);
    for (const act of [
      () => ana.reads(),
      () => ana.plays(messageId),
      () => ana.calls(),
      () => ana.stopsMarketing(),
      () => ana.resumesMarketing(),
      () => ana.changesNumber('558581112222'),
      () => ana.edits(messageId, 'Olá'),
      () => ana.writes('Oi?'),
    ]) {
      await expect(act()).rejects.toThrow(/is offline.*goes-online/);
    }
    expect(told(simulator)).toHaveLength(before);
  });

  it('who has blocked the business cannot write to it either', async () => {
    const { ana } = await start();
    ana.blocks();
    await expect(ana.writes('Oi')).rejects.toThrow(/has blocked this business.*unblocks/);
    ana.unblocks();
    await expect(ana.writes('Oi')).resolves.toHaveProperty('messageId');
  });

  it.each([
    ['a text for 30 days', text('Bom dia'), 30 * 24 * hour],
    [
      'a code for ten minutes',
      {
        type: 'template',
        template: {
          name: 'codigo',
          language: { code: 'pt_BR' },
        },
      },
      hour / 6,
    ],
  ])('a message waits for the phone: %s (meta-facts §6, TTL)', async (_name, message, waits) => {
    const templates = [
      {
        name: 'codigo',
        language: 'pt_BR',
        category: 'authentication',
        status: 'APPROVED',
        body: 'Seu código',
        bodyParameters: 0,
      },
    ] as const;
    for (const [time, arrived] of [
      [waits - 1, 1],
      [waits, 0],
    ] as const) {
      const { simulator, clock, ana } = await start({ templates });
      await ana.writes('Oi');
      ana.setOnline(false);
      await send(simulator, message);
      clock.jump(time);
      ana.setOnline(true);
      await simulator.drain();
      expect(ana.messages().filter(({ direction }) => direction === 'in')).toHaveLength(arrived);
      expect(JSON.stringify(told(simulator)).includes('"delivered"')).toBe(arrived === 1);
    }
  });

  it('sees that the business is typing, for 25 seconds (meta-facts §7.2)', async () => {
    const { simulator, ana, clock } = await start();
    const { messageId } = await ana.writes('Oi');
    await fetch(`${simulator.graphUrl}/v25.0/${phone.phoneNumberId}/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${simulator.settings.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: messageId,
        typing_indicator: { type: 'text' },
      }),
    });
    expect(ana.seesTyping()).toBe(true);
    clock.jump(25_000);
    expect(ana.seesTyping()).toBe(false);
  });

  it('who came by an advertisement is free to answer for 72 hours (meta-facts §6)', async () => {
    const { simulator, ana } = await start();
    const adClick = {
      sourceUrl: 'https://example.com/ad',
      sourceId: '77',
      sourceType: 'ad',
      headline: 'Bolos',
      body: 'Hoje',
      mediaType: 'image',
      mediaUrl: null,
      clickId: 'click-1',
      welcomeText: null,
    } as const;
    await ana.writes('Vi o anúncio', { adClick });
    await send(simulator, text('Bem-vinda'));
    const statuses = JSON.stringify(told(simulator));
    expect(statuses).toContain('"type":"free_entry_point"');
    expect(statuses).toContain('"ctwa_clid":"click-1"');
  });

  it.each([
    [{ version: 22, pricingModel: 'CBP' }, /"conversation":.*"pricing_model":"CBP"/],
    [
      { version: 26 },
      /^(?!.*"conversation").*"pricing_model":"PMP".*"recipient_user_id"|"recipient_user_id".*"PMP"/,
    ],
    [{ version: 24, userIds: false }, /^(?!.*"(conversation|user_id|from_user_id)").*$/],
  ] as const)('is told of in the shape of the app: %o', async (webhookShape, found) => {
    const { simulator, ana } = await start({ webhookShape });
    await ana.writes('Oi');
    await send(simulator, text('Olá'));
    expect(JSON.stringify(told(simulator))).toMatch(found);
  });

  it('cannot move to a number that somebody has, nor to none', async () => {
    const { simulator, ana } = await start();
    simulator.person('558581112222', { name: 'Bruno' });
    await expect(ana.changesNumber('5585981112222')).rejects.toThrow('is taken by Bruno');
    await expect(ana.changesNumber('Ana')).rejects.toThrow('10 to 15 digits');
    expect(ana.waId).toBe(waId);
  });

  it('what is no scenario is refused before anything is done', async () => {
    const { simulator, ana } = await start();
    const steps = [
      { at: 0, person: waId, does: 'writes', text: 'Oi' },
      { at: 0, person: waId, does: 'flies' },
    ];
    const given: Parameters<Simulator['play']>[0] = JSON.parse(JSON.stringify({ steps }));
    await expect(simulator.play(given)).rejects.toThrow(/Step 1: A scenario is/);
    await simulator.drain();
    expect(ana.messages()).toEqual([]);
  });

  it('every step of a scenario does what it says', async () => {
    const { simulator, ana } = await start();
    await ana.writes('Oi');
    await send(simulator, buttons);
    const person = waId;
    const played = simulator.play({
      steps: [
        { at: 0, person, does: 'taps', choice: 'tue' },
        { at: 0, person, does: 'reacts', to: 'last', emoji: '👍' },
        { at: 0, person, does: 'writes', text: 'Obrigada', replyTo: 'last' },
        { at: 0, person, does: 'sends-file', kind: 'image', mimeType: 'image/png', base64: 'aGk=' },
        { at: 0, person, does: 'sends-location', latitude: 1, longitude: 2 },
        { at: 0, person, does: 'opens-chat' },
        { at: 0, person, does: 'takes-username', username: 'ana' },
        { at: 0, person, does: 'answers-always', text: 'Sim' },
        { at: 0, person, does: 'blocks' },
      ],
    });
    await simulator.drain();
    expect(await played).toEqual([]);
    expect(ana.messages().map(({ kind }) => kind)).toEqual([
      'text',
      'interactive',
      'button-reply',
      'reaction',
      'text',
      'image',
      'location',
    ]);
    expect(ana).toMatchObject({ autoRead: true, username: 'ana', blocked: true });
  });
});
