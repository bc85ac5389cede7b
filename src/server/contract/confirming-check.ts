import { checkNames } from '../../domain/check.ts';
import { wordOf } from './value.ts';

/** The check of doctor by which an error can be confirmed. */
export const confirmingCheck = wordOf(
  checkNames,
  'The check of doctor that would confirm it: `recado doctor --only <check>`.',
)
  .nullable()
  .meta({ description: 'The check of doctor that would confirm it; null where none looks at that.' });
