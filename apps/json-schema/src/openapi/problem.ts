/** An error of the gateway, as its examples show it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Whether the same request may succeed later, unchanged; then `Retry-After` is sent. */
  readonly retryable?: true;
  /** Fault of the document, where there is one. */
  readonly fault?: { readonly code: string; readonly path: string; readonly message: string };
}

/** Returns an error that a repeat does not end. */
export function problem(status: number, code: string, message: string): Problem {
  return { status, code, message };
}

/** Returns an error after which the same request may be sent again. */
export function outage(status: number, code: string, message: string): Problem {
  return { status, code, message, retryable: true };
}
