import type { JsonObject } from './json.ts';

/** What stands above the words of a template. */
export type TemplateHeader =
  | { format: 'text'; text: string }
  | { format: 'image' | 'video' | 'document' | 'location' };

/** A button of a template. */
export type TemplateButton = {
  /** What it does; `other` for what this version does not know. */
  kind: 'quick-reply' | 'url' | 'phone-number' | 'copy-code' | 'flow' | 'one-time-password' | 'other';
  text: string | null;
  /** Where it leads; may end with a placeholder. */
  url: string | null;
};

/** A template as Meta has it in its books, in one language. Null is what Meta did not tell. */
export type TemplateDefinition = {
  /** The WhatsApp Business Account that it belongs to. */
  wabaId: string;
  templateId: string | null;
  name: string;
  /** Meta's code with an underscore, such as `pt_BR`. */
  language: string;
  /** Meta's word, such as `APPROVED`. */
  status: string | null;
  /** Meta's word in lower case, such as `utility`. */
  category: string | null;
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality: string | null;
  /** Why it was rejected, in Meta's word. */
  reason: string | null;
  /** Whether its placeholders have names, and not numbers. */
  named: boolean;
  header: TemplateHeader | null;
  body: string;
  footer: string | null;
  buttons: TemplateButton[];
  /** Whether it consists of nothing else, so that values can be compared with it. */
  whole: boolean;
  /** Meta's own `components`. */
  components: JsonObject[];
};

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

/** The placeholders of a text, each once, in the order in which they first stand there. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))];
}

/** The text with its placeholders filled in; those without a value stay. */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(placeholder, (hole, name: string) => values.get(name) ?? hole);
}

/** Meta's words for a template that may be sent: a flagged one still goes (meta-facts §3.1). */
const sendable: ReadonlySet<string> = new Set(['APPROVED', 'FLAGGED', 'REINSTATED', 'UNARCHIVED']);
/** Of these Meta may make an approved one again; until then it refuses them (meta-facts §5, 132015 and 132016). */
const stopped: ReadonlySet<string> = new Set(['PAUSED', 'DISABLED', 'LOCKED', 'ARCHIVED', 'LIMIT_EXCEEDED']);
const unapproved: ReadonlySet<string> = new Set([
  'PENDING',
  'REJECTED',
  'IN_APPEAL',
  'DELETED',
  'PENDING_DELETION',
]);

/** Whether a template of a status can be sent; of a word that is not known here Meta decides. */
export function sendableAs(status: string | null): 'sendable' | 'stopped' | 'not-approved' | 'unknown' {
  if (status === null) return 'unknown';
  if (sendable.has(status)) return 'sendable';
  if (stopped.has(status)) return 'stopped';
  return unapproved.has(status) ? 'not-approved' : 'unknown';
}

/** What is known of the template of a send before it is sent. */
export type TemplateKnowledge =
  /** The templates of the account were never read: Meta alone knows. */
  | { known: false }
  | {
      known: true;
      standing: 'missing' | ReturnType<typeof sendableAs>;
      /** Meta's word; null when it is missing, or when Meta gave none. */
      status: string | null;
      category: string | null;
      /** What is wrong with the values, as a clause; null when nothing is. */
      mistake: string | null;
      /** The languages in which there is one of this name. */
      languages: readonly string[];
      /** The placeholders of its body; null when it is missing, or not known whole. */
      placeholders: { named: boolean; body: readonly string[] } | null;
    };
