import type {
  AlarmPageBody,
  ConversationPageBody,
  DoctorBody,
  EventBody,
  NotificationTotalsBody,
} from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { say } from '../language.ts';
import { now } from '../now.ts';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { overview } from '../words/overview.ts';
import { ClosingWindows } from './closing-windows.tsx';
import { Funnel } from './funnel.tsx';
import { Health } from './health.tsx';
import { Lately } from './lately.tsx';
import { needsOf } from './needs.ts';
import { Needs } from './needs.tsx';

/** What is happening, who can still be answered, what went wrong and what to do: in one screen. */
export function OverviewPage() {
  const totals = useAnswer<NotificationTotalsBody>('/v1/notifications/totals', isAboutSending);
  const alarms = useAnswer<AlarmPageBody>('/v1/alarms?limit=50', ({ kind }) => kind === 'alarm');
  const doctor = useAnswer<DoctorBody>('/v1/doctor', ({ kind }) => kind === 'alarm');
  const latest = useAnswer<ConversationPageBody>(
    '/v1/conversations?order=newest&limit=100',
    ({ kind }) => kind === 'message',
  );

  if (totals.answer === null || alarms.answer === null) return <Loading />;
  if (!totals.answer.ok) return <Trouble problem={totals.answer.problem} again={totals.again} />;
  if (!alarms.answer.ok) return <Trouble problem={alarms.answer.problem} again={alarms.again} />;

  const found = doctor.answer?.ok === true ? doctor.answer.body : null;
  const needs = needsOf(alarms.answer.body.data, totals.answer.body.data, found?.checks ?? []);
  const { data, total } = totals.answer.body;
  const delivered = data
    .filter(({ state }) => state === 'delivered' || state === 'read')
    .reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="overview">
      <header class="overview-head">
        <h1>{needs.length === 0 ? say(overview.calm) : say(overview.needs)(needs.length)}</h1>
        <p class="lead">{say(overview.summary)(delivered, total)}</p>
      </header>
      {needs.length > 0 && <Needs needs={needs} />}
      <Funnel totals={data} />
      <ClosingWindows
        conversations={latest.answer?.ok === true ? latest.answer.body.data : []}
        moment={now()}
      />
      {found !== null && <Health doctor={found} />}
      <Lately />
    </div>
  );
}

function isAboutSending({ kind }: EventBody): boolean {
  return kind === 'notification' || kind === 'status';
}
