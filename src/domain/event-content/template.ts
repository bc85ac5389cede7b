type Template = {
  templateId: string | null;
  name: string | null;
  /** Meta's language code; `en_US` and `en-US` both occur. */
  language: string | null;
};

/** A button of a template. */
export type TemplateButton = {
  /** Meta's word, such as `URL` or `PHONE_NUMBER`. */
  type: string | null;
  text: string | null;
  url: string | null;
  phoneNumber: string | null;
};

/** A change of a message template (meta-facts §3.1, the `message_template_*` and `template_*` fields). */
export type TemplateChangeContent =
  /** Meta approved, rejected, paused, disabled … it. */
  | (Template & {
      form: 'status';
      /** Meta's own word, such as `APPROVED`. */
      event: string | null;
      category: string | null;
      /** Meta's word for the reason; null for `NONE`. */
      reason: string | null;
      /** When it will be disabled, in Meta's words, such as `January 31, 2021`. */
      disableDate: string | null;
      /** What Meta adds. */
      other: { title: string | null; description: string | null } | null;
      /** Why it was rejected, and what Meta recommends. */
      rejection: { reason: string | null; recommendation: string | null } | null;
    })
  /** People like it more or less than before: `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  | (Template & { form: 'quality'; formerQuality: string | null; quality: string | null })
  /** Its category, and so its price, has changed or will. */
  | (Template & {
      form: 'category';
      formerCategory: string | null;
      category: string | null;
      /** What Meta will make of it; null once that has happened. */
      correctCategory: string | null;
      /** When that will happen. */
      changesAt: number | null;
    })
  /** Meta finds that another category would be right. */
  | (Template & { form: 'category-detection'; category: string | null; correctCategory: string | null })
  /** Its text was edited. */
  | (Template & {
      form: 'components';
      title: string | null;
      body: string | null;
      footer: string | null;
      buttons: TemplateButton[];
    })
  | (Template & { form: 'other'; event: string | null });
