/** An error that the gateway answers with, as its examples show it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Whether the same request may succeed later, unchanged; then `Retry-After` is sent. */
  readonly retryable?: true;
}
