import type { DoctorBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { timeOfDay } from '../moments.ts';
import { linkTo } from '../route.ts';
import { overview } from '../words/overview.ts';

/** The chain from Meta to a delivered reply: one knot a link, in its order. */
export function Health({ doctor }: { doctor: DoctorBody }) {
  const { checks, finishedAt } = doctor;
  const green = checks.filter(({ verdict }) => verdict === 'green').length;
  return (
    <section class="block" aria-labelledby="health-title">
      <h2 id="health-title">{say(overview.health)}</h2>
      {finishedAt === null ? (
        <p class="quiet">{say(overview.healthNever)}</p>
      ) : (
        <>
          <ol class="chain">
            {checks.map(({ check, subject, title, verdict, found }) => (
              <li key={`${check} ${subject}`} class={`knot knot-${verdict}`} title={`${title}: ${found}`}>
                <span class="spoken">
                  {title}: {found}
                </span>
              </li>
            ))}
          </ol>
          <p class="quiet">
            {say(overview.healthCounts)(green, checks.length)} · {say(overview.looked)(timeOfDay(finishedAt))}
          </p>
        </>
      )}
      <a href={linkTo(['setup'])}>{say(overview.openSetup)}</a>
    </section>
  );
}
