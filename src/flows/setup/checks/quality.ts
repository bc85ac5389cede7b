import { phoneFactsCheck } from './ask-phone.ts';
import { judged } from './reading.ts';

/** People do not block the business phone (meta-facts §6). */
export const checkQuality = phoneFactsCheck({
  name: 'quality',
  needs: ['registered'],
  judge({ qualityRating }) {
    const facts = { quality: qualityRating ?? '?' };
    if (qualityRating === 'GREEN' || qualityRating === 'YELLOW') return judged('quality-good', facts);
    return judged(qualityRating === 'RED' ? 'quality-low' : 'quality-unrated', facts);
  },
});
