// @ts-check
import { byId, showProblem } from './dom.js';
import { dateAndTime } from './format.js';
import { ask } from './gateway.js';
import { onSimulatedTime, setSimulatedTime, simulatedNow, simulatedTime } from './simulated-time.js';

const hour = 60 * 60 * 1000;
/** @type {Record<string, object>} */
const moves = {
  'clock-hour': { jump: hour },
  'clock-day': { jump: 25 * hour },
  'clock-week': { jump: 7 * 24 * hour },
};

/** The clock of the sandbox: what it shows, and the buttons that move it. */
export function createClock() {
  const shown = byId('clock-now', HTMLElement);
  const pause = byId('clock-pause', HTMLButtonElement);
  const real = byId('clock-real', HTMLButtonElement);
  const fast = byId('clock-fast', HTMLButtonElement);
  const problem = byId('clock-problem', HTMLElement);

  const draw = () => {
    const now = new Date(simulatedNow());
    const words = dateAndTime(now);
    if (shown.textContent !== words) shown.textContent = words;
    shown.setAttribute('datetime', now.toISOString());
  };
  const drawButtons = () => {
    const { paused, speed } = simulatedTime();
    pause.setAttribute('aria-pressed', String(paused));
    real.setAttribute('aria-pressed', String(!paused && speed === 1));
    fast.setAttribute('aria-pressed', String(!paused && speed > 1));
    draw();
  };

  const move = async (/** @type {object[]} */ ...changes) => {
    for (const change of changes) {
      const answer = await ask('/sandbox/time', change);
      showProblem(problem, answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      setSimulatedTime(answer.body);
    }
  };

  for (const [id, change] of Object.entries(moves)) {
    byId(id, HTMLButtonElement).addEventListener('click', () => void move(change));
  }
  pause.addEventListener('click', () => void move({ paused: !simulatedTime().paused }));
  real.addEventListener('click', () => void move({ speed: 1 }, { paused: false }));
  fast.addEventListener('click', () => void move({ speed: 60 }, { paused: false }));
  onSimulatedTime(drawButtons);
  setInterval(draw, 200);
  drawButtons();
}
