// @ts-check
import { byId, showProblem } from './dom.js';
import { ask } from './gateway.js';

const form = byId('login', HTMLFormElement);
const key = byId('key', HTMLInputElement);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await ask('/sandbox/login', { key: key.value.trim() });
  showProblem(byId('login-problem', HTMLElement), answer.ok ? null : answer.problem);
  if (answer.ok) location.replace(location.pathname);
  else key.select();
});
