import { z } from 'zod';
import { commandKinds } from '../../domain/command.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';

const outcomes = ['done', 'unchanged'] as const;

/** A command as the API shows it. */
export const commandSchema = z
  .object({
    id: z.string().meta({ description: 'Its id.', examples: ['cm_01k9x2m4c7b8d3fq'] }),
    kind: wordOf(commandKinds, 'What was asked for.'),
    createdAt: instant('When it was given.'),
    appliedAt: instant('When it was applied; null while it waits.').nullable(),
    outcome: wordOf(outcomes, 'What became of it; `unchanged` when it was so already.').nullable(),
  })
  .meta({
    id: 'Command',
    description: 'What somebody asked Recado to change. Commands of one business phone are applied in order.',
  });

/** A command in an answer. */
export type CommandBody = z.infer<typeof commandSchema>;
