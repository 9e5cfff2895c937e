/** One way to have a receipt created: a client that is ready to be called. */
export interface Contestant {
  /** Makes one call, and resolves with its result. */
  readonly call: () => Promise<unknown>;
}

/** Calls in flight at the same time, and connections for them. */
export const inFlight = 50;
