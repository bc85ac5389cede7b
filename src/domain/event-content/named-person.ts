/** How Meta names the person whom an event is about. Every part may be missing (meta-facts §9, BSUID). */
export type NamedPerson = {
  /** The WhatsApp ID or phone number, in digits. */
  waId: string | null;
  /** The business-scoped user id (BSUID). */
  userId: string | null;
  /** The same for all businesses of an enterprise. */
  parentUserId: string | null;
};
