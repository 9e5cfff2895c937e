/** Options of a call of the client. */
export interface ClientCallOptions {
  /** Cancels the call, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Budget over all requests of the call, in milliseconds; none by default. */
  readonly totalMs?: number;
}
