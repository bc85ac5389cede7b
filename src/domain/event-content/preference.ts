import type { NamedPerson } from './named-person.ts';

/** What a person wants to get (meta-facts §3.1, `user_preferences`). */
export type PreferenceContent = {
  /** Whether they want messages of the category, or signed up for them by a link; `other` for every other word. */
  form: 'stopped' | 'resumed' | 'signed-up' | 'other';
  /** Meta's own word, such as `stop`, `resume` or `signup`. */
  event: string | null;
  /** What it is about, usually `marketing_messages`. */
  category: string | null;
  person: NamedPerson;
  /** Meta's sentence. */
  detail: string | null;
  /** The link with which they signed up; null otherwise. */
  signupId: string | null;
};
