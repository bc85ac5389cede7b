/**
 * What every example does with the events that it has read. Replace it by your own database: all that matters is
 * that `key` is unique there, and that the webhook is answered only after the commit.
 */
import { DatabaseSync } from 'node:sqlite';
import { summaryOf, type WebhookEvent } from 'recado/webhooks';

const database = new DatabaseSync(process.env.DATABASE_FILE ?? 'events.db');
// A unique column takes any number of nulls, and an event without a key always counts as new.
database.exec('CREATE TABLE IF NOT EXISTS events (key TEXT UNIQUE, kind TEXT NOT NULL, event TEXT NOT NULL)');
const insert = database.prepare('INSERT OR IGNORE INTO events (key, kind, event) VALUES (?, ?, ?)');

/** Keeps the events in one transaction. Returns the new ones: Meta sends a webhook again for up to seven days. */
export function keepEvents(events: readonly WebhookEvent[]): WebhookEvent[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    const fresh = events.filter((event) => {
      return insert.run(event.key, event.kind, JSON.stringify(event)).changes === 1;
    });
    database.exec('COMMIT');
    return fresh;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Your own work. It happens after the answer: Meta waits for the answer, and nobody waits for this. */
export function workOn(events: readonly WebhookEvent[]): void {
  for (const event of events) console.log(lineOf(event));
}

function lineOf(event: WebhookEvent): string {
  switch (event.kind) {
    case 'message': {
      const { content } = event.content;
      const said = content.type === 'text' ? `"${content.body}"` : `${content.type}`;
      return `${event.facts.sender.name ?? 'Somebody'} wrote: ${said}`;
    }
    case 'status': {
      const [error] = event.content.errors;
      const why = error === undefined ? '' : `, because of #${error.code}`;
      return `Message ${event.content.messageId} is ${event.content.name}${why}`;
    }
    default:
      return `${event.kind}: ${summaryOf(event)}`;
  }
}
