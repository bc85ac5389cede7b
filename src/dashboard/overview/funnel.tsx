import type { NotificationTotalsBody } from '../../client/generated.ts';
import { language, say } from '../language.ts';
import { linkTo } from '../route.ts';
import { overview } from '../words/overview.ts';
import { stepsOf } from './funnel.ts';

const order = ['taken', 'sent', 'delivered', 'read', 'failed'] as const;

/** Of how many messages became what: one bar a step, with its number beside it. */
export function Funnel({ totals }: { totals: NotificationTotalsBody['data'] }) {
  const steps = stepsOf(totals);
  return (
    <section class="block" aria-labelledby="funnel-title">
      <h2 id="funnel-title">{say(overview.funnel)}</h2>
      {steps.taken === 0 ? (
        <p class="quiet">{say(overview.funnelEmpty)}</p>
      ) : (
        <dl class="funnel">
          {order
            .filter((step) => step !== 'failed' || steps.failed > 0)
            .map((step) => (
              <div key={step} class={`funnel-step funnel-${step}`}>
                <dt>
                  {step === 'failed' ? (
                    <a href={linkTo(['notifications'], { state: 'failed' })}>{say(overview[step])}</a>
                  ) : (
                    say(overview[step])
                  )}
                </dt>
                <dd>
                  <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="bar-ground" width="100" height="1" />
                    <rect class="bar-part" width={(100 * steps[step]) / steps.taken} height="1" />
                  </svg>
                  <span class="number">{steps[step].toLocaleString(language.value)}</span>
                </dd>
              </div>
            ))}
        </dl>
      )}
    </section>
  );
}
