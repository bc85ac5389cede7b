import { businessPhoneOf } from './lane.ts';
import type { Notification } from './notification.ts';
import type { NotificationContent, TemplateContent } from './notification-content.ts';

/** The members of a request that can be held against the notification that an earlier one became. */
type Asked = Pick<Notification, 'to' | 'purpose' | 'reference' | 'notBefore'> & {
  content: NotificationContent;
  fallback: TemplateContent | null;
  notAfter: number | null;
  businessPhoneId: string | null;
};

/**
 * Which members of a request ask for something else than an earlier one did, by their names in the API, and no word of
 * what they hold. Empty when the difference is in what is not kept, such as `onClosedWindow`.
 */
export function differingMembers(asked: Asked, earlier: Notification): string[] {
  const differs: Record<string, boolean> = {
    to: asked.to !== earlier.to,
    content: !same(asked.content, earlier.content),
    fallback: asked.fallback !== null && !same(asked.fallback, earlier.fallback),
    purpose: asked.purpose !== earlier.purpose,
    reference: asked.reference !== earlier.reference,
    notBefore: asked.notBefore !== earlier.notBefore,
    // Without one it follows from other things, which are not kept.
    notAfter: asked.notAfter !== null && asked.notAfter !== earlier.notAfter,
    businessPhone: asked.businessPhoneId !== null && asked.businessPhoneId !== businessPhoneOf(earlier.lane),
  };
  return Object.keys(differs).filter((member) => differs[member] === true);
}

function same(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

/** As JSON, with the members of objects in the order of their names. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
