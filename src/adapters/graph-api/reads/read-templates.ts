import type { TemplateDefinition } from '../../../domain/template.ts';
import type { GraphReading, GraphReads } from '../../../flows/setup/graph-reads.ts';
import { readTemplates, type TemplatesPage } from '../../../whatsapp/graph-answers/read-templates.ts';
import type { AskGraph } from '../ask-graph.ts';

/** An account has at most 6,000 templates (meta-facts §6): no list is endless. */
const PAGE = 100;
const MOST_PAGES = 60;

const fields = 'id,name,language,status,category,parameter_format,quality_score,rejected_reason,components';

/** `GET /{waba}/message_templates`, page after page (meta-facts §7.2). */
export function createReadTemplates(ask: AskGraph): GraphReads['readTemplates'] {
  return async ({ wabaId, accessToken }) => {
    const path = `${encodeURIComponent(wabaId)}/message_templates`;
    const found: TemplateDefinition[] = [];
    let after: string | null = null;
    for (let page = 1; ; page += 1) {
      const query: Record<string, string> = {
        fields,
        limit: String(PAGE),
        ...(after === null ? {} : { after }),
      };
      const reading: GraphReading<TemplatesPage> = await ask({ path, query, accessToken }, (body) =>
        readTemplates(body, wabaId),
      );
      if (reading.got !== 'value') return reading;
      found.push(...reading.value.templates);
      after = reading.value.after;
      if (after === null || page === MOST_PAGES) return { ...reading, value: found };
    }
  };
}
