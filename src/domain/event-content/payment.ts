/** How people pay the business (meta-facts §3.1, `payment_configuration_update`). */
export type PaymentContent = {
  configurationName: string | null;
  providerName: string | null;
  providerMerchantId: string | null;
  /** Meta's words, such as `Needs Testing`. */
  status: string | null;
  createdAt: number | null;
  updatedAt: number | null;
};
