/** What a code of a failed answer says about the document. */
export interface CodeRule {
  readonly code: string;
  /** `registered`: the payment already has this very receipt, which is a success. */
  readonly verdict: 'registered' | 'rejected' | 'retry' | 'unknown';
  /** Set when the provider as a whole is in trouble. */
  readonly outage?: true;
  /** Set when it is our access that is refused, not the document. */
  readonly unauthorized?: true;
  readonly because: string;
}
