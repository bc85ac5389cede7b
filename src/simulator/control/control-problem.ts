/** What is wrong with a request to the control of the simulator, as a problem document (RFC 9457). */
export type ControlProblem = {
  type: 'about:blank';
  status: number;
  code: string;
  title: string;
  detail: string;
  remedy: string;
};

const rows = {
  'control-from-elsewhere': {
    status: 403,
    title: 'The simulator is controlled from its own machine only.',
    remedy:
      'Ask from this machine, by 127.0.0.1 or localhost, through no proxy, and not from a page of another site.',
  },
  'verb-unknown': {
    status: 404,
    title: 'The simulator has no such verb.',
    remedy: 'GET /_simulator lists every verb.',
  },
  'body-invalid': {
    status: 400,
    title: 'The body is not what this verb takes.',
    remedy: 'Send JSON with content-type application/json, as GET /_simulator describes it.',
  },
  'value-invalid': {
    status: 400,
    title: 'The simulator cannot do that.',
    remedy: 'Change what the detail names, and ask again.',
  },
  'judgement-failed': {
    status: 409,
    title: 'It was not so.',
    remedy:
      'The detail says what was expected and what was found; GET /_simulator/ledger and /webhooks show all of it.',
  },
  'verb-failed': {
    status: 409,
    title: 'The simulator cannot do that now.',
    remedy: 'Change what the detail names, and ask again.',
  },
} as const;

/** The problem of a code. `detail` says what was found, and what was expected. */
export function controlProblem(code: keyof typeof rows, detail: string): ControlProblem {
  return { type: 'about:blank', code, detail, ...rows[code] };
}
