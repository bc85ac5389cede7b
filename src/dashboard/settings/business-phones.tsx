import type { BusinessPhonePageBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { say } from '../language.ts';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { linkTo } from '../route.ts';
import { settings as words } from '../words/settings.ts';
import { setup } from '../words/setup.ts';

/** The numbers of the business, and what of them cannot work. */
export function BusinessPhones() {
  const { answer, again } = useAnswer<BusinessPhonePageBody>(
    '/v1/business-phones?limit=100',
    ({ kind }) => kind === 'phone',
  );
  const phones = answer?.ok === true ? answer.body.data : [];
  return (
    <section class="block" aria-labelledby="phones-title">
      <h2 id="phones-title">{say(words.phones)}</h2>
      {answer === null && <Loading />}
      {answer?.ok === false && <Trouble problem={answer.problem} again={again} />}
      {answer?.ok === true && phones.length === 0 && (
        <p class="quiet">
          {say(words.phonesNone)} <a href={linkTo(['setup'])}>{say(setup.title)}</a>
        </p>
      )}
      <ul class="checks">
        {phones.map(({ id, label, displayPhoneNumber, default: standard, foreign, accessToken }) => (
          <li key={id} class="setting">
            <p class="setting-head">
              <strong>{label ?? displayPhoneNumber ?? id}</strong>
              {standard && <span class="mark mark-good">{say(words.isStandard)}</span>}
              {foreign && <span class="mark">{say(words.foreign)}</span>}
              {!foreign && accessToken === null && <span class="mark mark-bad">{say(words.cannotSend)}</span>}
            </p>
            <p class="quiet">
              {label !== null && displayPhoneNumber !== null && `${displayPhoneNumber} · `}
              <code>{id}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
