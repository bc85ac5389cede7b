import { z } from 'zod';
import { askGateway } from './read-answer.ts';
import type { Show } from './show.ts';

const errorSchema = z.looseObject({
  code: z.string(),
  metaCode: z.number().nullable(),
  metaCodes: z.array(z.number()),
  title: z.string(),
  retried: z.string(),
  remedy: z.string(),
});

const retries: Readonly<Record<string, string>> = {
  never: 'no: the same message would fail again',
  'after-cure': 'no: cure it first, then send a new notification',
  later: 'yes: Recado tries again by itself',
};

/** Explains a code of Meta’s, or one of ours. */
export const showError: Show = async (code, gateway, how) => {
  const { context, json } = how;
  const error = await askGateway(gateway, `/v1/errors/${encodeURIComponent(code)}`, errorSchema, how);
  if (json) {
    context.print(JSON.stringify(error, null, 2));
    return;
  }
  const meta = error.metaCode === null ? '' : `Meta’s #${error.metaCode}: `;
  const others = error.metaCodes.filter((other) => other !== error.metaCode);
  context.print(`${meta}${error.title}`);
  context.print(`Failure code  ${error.code}`);
  if (others.length > 0) {
    context.print(
      `${error.metaCode === null ? 'Meta’s codes  ' : 'Also called   '}${others.map((other) => `#${other}`).join(', ')}`,
    );
  }
  context.print(`Tried again   ${retries[error.retried] ?? error.retried}`);
  context.print(`Next: ${error.remedy}`);
};
