import * as z from 'zod';
import type { MetaNews } from '../bodies/meta-news.ts';
import { metaNews, metaNewsKinds } from '../bodies/meta-news-form.ts';
import { type ControlVerb, controlVerb } from './control-verb.ts';

/** What Meta tells although nobody did anything. */
export const newsVerbs: readonly ControlVerb[] = [
  controlVerb(
    {
      method: 'POST',
      path: '/news',
      summary: `{"news": {"kind": "account-review", "decision": "APPROVED"}, "phoneNumberId": "…"}: Meta tells of it, the books stay as they are. Kinds: ${metaNewsKinds.join(', ')}`,
    },
    z.strictObject({ news: metaNews, phoneNumberId: z.string().min(1).optional() }),
    ({ simulation, body }) => {
      const news: MetaNews = body.news;
      simulation.simulator().tells(news, body.phoneNumberId);
    },
  ),
];
