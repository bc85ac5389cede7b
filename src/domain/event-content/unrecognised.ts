/** Something that this version cannot read. It is kept, and a later version may. */
export type UnrecognisedContent = {
  /** Why: no JSON, JSON nested beyond reason, or JSON that is not known here. */
  form: 'not-json' | 'nested-too-deep' | 'unknown';
  /** The webhook field that it came in; null when none is told. */
  field: string | null;
  /** The names of its first members, to tell it by. */
  members: string[];
};
