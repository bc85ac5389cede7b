import type { PhoneHeader } from '../people/phone-content.ts';

/** One value that a send gives for a template. */
export type GivenParameter =
  /** `name` for templates with named placeholders. */
  | { kind: 'text'; text: string; name: string | null }
  /** The picture, film or document of a header, or its place. */
  | { kind: 'header'; header: Exclude<PhoneHeader, { kind: 'text' }> }
  /** What a quick reply says to the business. */
  | { kind: 'payload'; payload: string }
  /** The code that a button copies. */
  | { kind: 'coupon'; code: string }
  /** What a Flow is started with. */
  | { kind: 'action' };

/** The values that a send gives for one part of a template (meta-facts §7.1). */
export type GivenComponent = {
  type: 'header' | 'body' | 'button';
  /** Of a button: `quick_reply`, `url`, `copy_code`, `flow`; null for the others. */
  subType: string | null;
  /** Which button, from 0; null for the others. */
  index: number | null;
  parameters: readonly GivenParameter[];
};
