import type { NamedPerson } from './named-person.ts';

type Action = {
  /** Meta's own word for what was done. */
  event: string | null;
  person: NamedPerson;
};

/** Something that a person did with a message, other than answering it (meta-facts §4.2). */
export type ActionContent =
  /** They tapped a link of a marketing message. */
  | (Action & {
      form: 'link-click';
      /** Meta's word for what was tapped, such as `cta`. */
      component: string | null;
      productId: string | null;
      clickId: string | null;
      trackingToken: string | null;
    })
  | (Action & { form: 'other' });
