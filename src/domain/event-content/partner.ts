/** What becomes of a solution that partners share (meta-facts §3.1, `partner_solutions`). */
export type PartnerContent = {
  /** Meta's own word, such as `SOLUTION_CREATED`. */
  event: string | null;
  solutionId: string | null;
  /** Meta's word, such as `INITIATED`. */
  status: string | null;
};
