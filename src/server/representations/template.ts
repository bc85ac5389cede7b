import { placeholdersOf, type TemplateDefinition } from '../../domain/template.ts';
import type { TemplateView } from '../../domain/template-view.ts';
import type { TemplatePageBody } from '../contract/template.ts';
import { isoTimeOrNull } from './time.ts';

type TemplateBody = TemplatePageBody['data'][number];

/** A template as the API shows it. */
export function templateBody(view: TemplateView): TemplateBody {
  const { definition, syncedAt, plannedAt, changedAt, ...state } = view;
  const header = definition?.header ?? null;
  return {
    ...state,
    plannedAt: isoTimeOrNull(plannedAt),
    changedAt: isoTimeOrNull(changedAt),
    header: header && { format: header.format, text: header.format === 'text' ? header.text : null },
    body: definition?.body ?? null,
    footer: definition?.footer ?? null,
    buttons: definition?.buttons ?? [],
    parameters: definition && parametersOf(definition),
    components: definition?.components ?? [],
    syncedAt: isoTimeOrNull(syncedAt),
  };
}

function parametersOf({ named, header, body, buttons }: TemplateDefinition): TemplateBody['parameters'] {
  return {
    named,
    header: header?.format === 'text' ? placeholdersOf(header.text) : [],
    body: placeholdersOf(body),
    buttons: buttons.flatMap(({ kind, url }, index) => {
      const inAddress = kind === 'url' && placeholdersOf(url ?? '').length > 0;
      return inAddress || kind === 'copy-code' || kind === 'one-time-password' ? [index] : [];
    }),
  };
}
