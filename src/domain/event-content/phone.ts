type Phone = {
  /** The business's number as Meta shows it. */
  displayNumber: string | null;
};

/** A change of a business phone (meta-facts §3.1, the `phone_number_*` fields and `business_username_updates`). */
export type PhoneContent =
  /** Meta decided on the name that people see. */
  | (Phone & {
      form: 'name';
      /** `APPROVED`, `REJECTED`, `PENDING` or `DEFERRED`. */
      decision: string | null;
      requestedName: string | null;
      rejectionReason: string | null;
    })
  /** What people think of it, and so how many may be written to, changed. */
  | (Phone & {
      form: 'quality';
      /** Meta's own word, such as `FLAGGED`, `UPGRADE` or `THROUGHPUT_UPGRADE`. */
      event: string | null;
      /** How many people may be written to in a day, such as `TIER_10K`. */
      limit: string | null;
      formerLimit: string | null;
    })
  /** The username under which people find it. */
  | (Phone & {
      form: 'username';
      username: string | null;
      /** Meta's word, such as `reserved`. */
      status: string | null;
    })
  | (Phone & { form: 'other'; event: string | null });
