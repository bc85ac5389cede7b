/** What a message on a phone consists of, for a page to draw and a test to look at. */
export type PhoneContent =
  | { kind: 'text'; body: string }
  | { kind: 'template'; name: string; language: string; body: string };
