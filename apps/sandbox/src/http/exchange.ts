import type { ServerResponse } from 'node:http';

/** What a fault can get its hands on while one call is being answered. */
export interface Exchange {
  readonly response: ServerResponse;
  /** Aborted when the sandbox closes: nothing waits longer than that. */
  readonly lifetime: AbortSignal;
  /** Stops listening for so many milliseconds and breaks every open connection. */
  refuseFor(milliseconds: number): void;
}
