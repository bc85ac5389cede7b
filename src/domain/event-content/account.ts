/** The account, business and partners that an update names. */
export type AccountParties = {
  wabaId: string | null;
  ownerBusinessId: string | null;
  adAccountId: string | null;
  partnerAppId: string | null;
  solutionId: string | null;
  solutionPartnerIds: string[];
};

type AccountUpdate = {
  /** Meta's own word, such as `ACCOUNT_RESTRICTION`. */
  event: string | null;
  /** The business's number, when the update is about one. */
  phoneNumber: string | null;
  parties: AccountParties | null;
};

/** What `account_update` tells (meta-facts §3.1). */
type AccountUpdateContent =
  /** The account is deleted, offboarded, reconnected, verified; terms are signed; an ad account is linked. */
  | (AccountUpdate & { form: 'notice' })
  /** Meta finds that a rule was broken. */
  | (AccountUpdate & { form: 'violation'; violation: string | null })
  /** The account may not do some things, some of them until a time. */
  | (AccountUpdate & {
      form: 'restriction';
      violation: string | null;
      restrictions: { restriction: string | null; expiresAt: number | null }[];
    })
  /** The account is, will be, or is no longer disabled. */
  | (AccountUpdate & {
      form: 'ban';
      /** `SCHEDULE_FOR_DISABLE`, `DISABLE` or `REINSTATE`. */
      state: string | null;
      /** In Meta's words, such as `April 17, 2025`. */
      date: string | null;
    })
  /** A partner or its app came or went. */
  | (AccountUpdate & {
      form: 'partner';
      /** Why it went, when the business app cut the connection. */
      disconnection: { reason: string | null; initiatedBy: string | null } | null;
    })
  /** A partner's client has to be certified, or is. */
  | (AccountUpdate & {
      form: 'partner-certification';
      clientBusinessId: string | null;
      status: string | null;
      rejectionReasons: string[];
    })
  /** Another price holds for the amount that was sent. */
  | (AccountUpdate & {
      form: 'pricing-tier';
      category: string | null;
      /** From and to how many messages, such as `25000001:50000000`. */
      tier: string | null;
      /** Such as `2025-11`. */
      month: string | null;
      region: string | null;
      changedAt: number | null;
    })
  /** Authentication messages to other countries get a price of their own. */
  | (AccountUpdate & {
      form: 'price-eligibility';
      startsAt: number | null;
      exceptions: { country: string | null; startsAt: number | null }[];
    })
  /** The business moved to another country. */
  | (AccountUpdate & { form: 'country'; country: string | null })
  /** An update with a word that is not known here. */
  | (AccountUpdate & { form: 'update' });

/** Whether the business may call and be called, and when. */
type CallSettings = {
  status: string | null;
  iconVisibility: string | null;
  callbackPermission: string | null;
  hours: { status: string | null; timeZone: string | null } | null;
  sip: { status: string | null; hostnames: string[] } | null;
};

/** A change of the account (meta-facts §3.1, the `account_*` and `business_*` fields). */
export type AccountContent =
  | AccountUpdateContent
  /** Something that the business should look at. */
  | {
      form: 'alert';
      /** Meta's word for what the alert is. */
      event: string | null;
      severity: string | null;
      status: string | null;
      description: string | null;
      /** `BUSINESS`, `PHONE_NUMBER` or `WABA`, and its id. */
      entityType: string | null;
      entityId: string | null;
    }
  /** Meta has looked at the account. */
  | { form: 'review'; decision: string | null }
  /** How many people may be written to, and how many numbers the account may have. */
  | {
      form: 'capability';
      /** A number, or a tier such as `TIER_2K`. */
      dailyLimit: string | null;
      phoneNumbersPerWaba: number | null;
      phoneNumbersPerBusiness: number | null;
    }
  /** The settings of a business phone. */
  | {
      form: 'settings';
      /** Meta's word for which of them. */
      event: string | null;
      phoneNumberId: string | null;
      calling: CallSettings | null;
    }
  /** What became of the whole business. */
  | { form: 'business-status'; event: string | null; status: string | null; businessId: string | null }
  | { form: 'other'; event: string | null };
