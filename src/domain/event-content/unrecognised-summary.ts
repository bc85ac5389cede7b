import { quoted, type Said, said, withMore } from './said.ts';
import type { UnrecognisedContent } from './unrecognised.ts';

/** Something that this version cannot read. */
export function unrecognisedSaid({ form, field, members }: UnrecognisedContent): Said {
  if (form === 'not-json') return said('Not recognised: no JSON', 'Não reconhecido: não é JSON');
  if (form === 'nested-too-deep') {
    return said('Not recognised: nested too deep', 'Não reconhecido: aninhado demais');
  }
  const head = said('Not recognised', 'Não reconhecido');
  const where =
    field === null ? head : withMore(head, said(`field ${quoted(field)}`, `campo ${quoted(field)}`));
  const names = members.length === 0 ? null : quoted(members.join(', '));
  return withMore(
    where,
    names === null ? null : said(`with ${names}`, `com ${names}`),
    field === null ? ': ' : ' ',
  );
}
