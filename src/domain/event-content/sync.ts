import type { NamedPerson } from './named-person.ts';

type Sync = {
  /** Meta's own word for what happened. */
  event: string | null;
  changedAt: number | null;
};

/** A change in the WhatsApp Business app that shares the number (meta-facts §3.1, `smb_app_state_sync`). */
export type SyncContent =
  /** A contact in its address book was added, edited or removed. */
  | (Sync & {
      form: 'contact-added' | 'contact-edited' | 'contact-removed' | 'contact-changed';
      person: NamedPerson;
      fullName: string | null;
      firstName: string | null;
    })
  | (Sync & {
      form: 'other';
      /** Meta's word for the kind of thing that changed. */
      subject: string | null;
    });
