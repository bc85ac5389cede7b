/**
 * How the webhook door refuses: the status and text that the sender gets, and the sentence for the log, which
 * ends with the next step. `status` null: nobody is there to be answered.
 */
export const webhookRefusals = {
  'method-unknown': {
    status: 405,
    answer: 'Only GET, HEAD and POST are answered here.',
    sentence:
      'A request to the webhook address was neither GET nor POST, which Meta never sends. Nothing to do, unless a client of yours sends it: use POST.',
  },
  'not-receiving': {
    status: 503,
    answer: 'This process does not receive webhooks. Please send this again later.',
    sentence:
      'A webhook was turned away with 503, because RECADO_ROLES of this process has no `receive`; Meta sends it again. Let the load balancer send /webhooks/whatsapp only to processes that receive, or add the role.',
  },
  'handshake-only': {
    status: 503,
    answer: 'No app secret is configured yet, so webhooks cannot be verified. Please send this again later.',
    sentence:
      'A webhook was turned away with 503, because META_APP_SECRET is not set and nobody can tell whether Meta sent it; Meta keeps it and sends it again. Run `npx recado init`, which asks for it, or set it in .env (App Dashboard → App settings → Basic), then restart.',
  },
  'signature-missing': {
    status: 401,
    answer: 'The header X-Hub-Signature-256 is missing.',
    sentence:
      'A webhook without X-Hub-Signature-256 was refused; Meta always sends it. If it came from Meta, let your proxy pass that header on.',
  },
  'signature-malformed': {
    status: 401,
    answer: 'The header X-Hub-Signature-256 must be "sha256=" and 64 hex digits, once.',
    sentence:
      'A webhook was refused, because its X-Hub-Signature-256 is not “sha256=” and 64 hex digits. If it came from Meta, let your proxy pass that header on once and unchanged.',
  },
  'signature-mismatch': {
    status: 401,
    answer: 'The signature in X-Hub-Signature-256 does not match the body.',
    sentence:
      'A webhook was refused, because no app secret made its signature. Compare META_APP_SECRET with App Dashboard → App settings → Basic of the app that is subscribed; if they agree, look for a proxy that changes bodies.',
  },
  'body-encoded': {
    status: 415,
    answer: 'Send the body without Content-Encoding.',
    sentence:
      'A webhook with a Content-Encoding was refused; Meta signs and sends plain bytes. Turn off request compression in the proxy or client that sends it.',
  },
  'too-large': {
    status: 413,
    answer: 'The body is too large.',
    sentence:
      'A webhook above the size limit was refused; Meta’s have at most 3 MB. Nothing to do, unless a client of yours sent it: send less at once.',
  },
  'too-slow': {
    status: 408,
    answer: 'The body took too long to arrive.',
    sentence:
      'A webhook’s body did not arrive in time. If it came from Meta, it comes again; if this goes on, check the network between your proxy and Recado.',
  },
  'budget-full': {
    status: 503,
    answer: 'Too much is waiting to be stored. Please send this again later.',
    sentence:
      'A webhook was turned away with 503, because too many bytes wait to be verified or committed; Meta sends it again. If this goes on, check the speed of the database’s disk and who sends to the webhook address.',
  },
  'not-committed': {
    status: 503,
    answer: 'The webhook could not be stored. Please send this again later.',
    sentence:
      'A webhook could not be committed and was turned away with 503; Meta sends it again. Check the database named by DATABASE_URL: free space, permissions, reachability.',
  },
  aborted: {
    status: null,
    answer: '',
    sentence:
      'The sender went away before its webhook’s body was complete. If it was Meta, it comes again; if this goes on, check the timeouts of your proxy.',
  },
} as const satisfies Record<string, { status: number | null; answer: string; sentence: string }>;

/** Why a webhook was not stored. */
export type WebhookRefusal = keyof typeof webhookRefusals;
