/** Meaning of a code of a failed answer for the document. */
export interface CodeRule {
  readonly code: string;
  /** `registered`: the payment already has this very receipt, which is a success. */
  readonly verdict: 'registered' | 'rejected' | 'retry' | 'unknown';
  /** Set if the provider as a whole is in trouble. */
  readonly outage?: true;
  /** Set if our access is refused, not the document. */
  readonly unauthorized?: true;
  readonly because: string;
}
