/** What a check of one value found. A mistake keeps the gateway from starting, a warning does not. */
export type Finding = {
  severity: 'mistake' | 'warning';
  /** What the value seems to be, such as "this looks like an access token". */
  found?: string;
  expected: string;
  /** The next step: a command, or a place in Meta's console. */
  next: string;
};

/** The other settings, by name, as text; null when unset. */
export type OtherValues = (name: string) => string | null;

/** Looks at one value of a setting (of a list: at each entry). Null when there is nothing to say. */
export type ValueCheck = (value: string, others: OtherValues) => Finding | null;

/** A finding that keeps the gateway from starting. */
export function mistake(expected: string, next: string, found?: string): Finding {
  return { severity: 'mistake', expected, next, ...(found === undefined ? {} : { found }) };
}

/** A finding that is only reported. */
export function warning(expected: string, next: string, found?: string): Finding {
  return { severity: 'warning', expected, next, ...(found === undefined ? {} : { found }) };
}
