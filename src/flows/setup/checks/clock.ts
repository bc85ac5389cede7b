import { installationCheck } from '../check.ts';
import { judged } from './reading.ts';

/** Meta's time has whole seconds and travelled for some; a machine that keeps time is far within this. */
const TOLERANCE = 30_000;

/** This machine's clock agrees with Meta's: 24-hour windows depend on it. */
export const checkClock = installationCheck({
  name: 'clock',
  needs: ['graph-api'],
  continuous: true,
  async gather({ graph, now }) {
    const reading = await graph.reach();
    return { reading, now: now() };
  },
  judge({ reading, now }) {
    if (reading.metaTime === null) {
      return judged('meta-unanswered', { reason: 'its answer bears no time' }, [reading]);
    }
    const skew = now - reading.metaTime;
    const seconds = String(Math.ceil(Math.abs(skew) / 1000));
    if (Math.abs(skew) <= TOLERANCE) return judged('clock-good', { skew: seconds }, [reading]);
    const reason = skew > 0 ? 'clock-ahead' : 'clock-behind';
    return judged(reason, { skew: seconds }, [reading]);
  },
});
