import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleMessage, messageTypeRows, messageTypes } from '../../scripts/message-types.ts';
import { summaryOfMessage } from '../../src/domain/message-content/message-summary.ts';
import { messageWords } from '../../src/domain/message-content/message-words.ts';
import { readMessage } from '../../src/whatsapp/message-content/read-message.ts';
import { messageElements } from '../support/message-fixtures.ts';
import { webhookFixtureNames } from '../support/webhook-fixtures.ts';

const page = readFileSync(new URL('../../docs/messages.md', import.meta.url), 'utf8');

// The compiler sees to it that the rows and the labels have every type of `MessageContent`, and no other.
describe.each(messageTypes())('messages of the type %s', (type) => {
  it('have a webhook body as example', () => {
    expect(exampleMessage(type).content.type).toBe(type);
  });

  it('have a line in docs/messages.md', () => {
    const { metaName, holds } = messageTypeRows[type];
    expect(page).toContain(`| \`${type}\` | ${metaName} | ${holds} | `);
  });

  it.each(['en', 'pt-BR'] as const)('have a summary in %s', (language) => {
    const { labels } = messageWords[language];
    expect(labels[type]).toMatch(/^\p{Lu}/u);
    expect(page).toContain(` | ${summaryOfMessage(exampleMessage(type), language)} |`);
  });
});

it('the labels of both languages differ', () => {
  const same = messageTypes().filter(
    (type) => messageWords.en.labels[type] === messageWords['pt-BR'].labels[type],
  );
  expect(same).toEqual([]);
});

it('every message in a webhook body is of a type that the page has', () => {
  const found = webhookFixtureNames().flatMap((name) =>
    messageElements(name).map((element) => readMessage(element).content.type),
  );
  expect([...new Set(found)].sort()).toEqual(messageTypes().sort());
});
