/** Delay that grows with every step without progress, in milliseconds. */
export interface BackOff {
  readonly baseMs: number;
  readonly factor: number;
  readonly capMs: number;
  /** Jitter, as a part of the delay: 0.2 is ±20 %. */
  readonly jitter: number;
}

/** Delays of delivery, in milliseconds. */
export interface DeliveryPolicy {
  /** Between attempts to send, and between searches after the first. */
  readonly retry: BackOff;
  /** Between polls of a provider that works on the document. */
  readonly poll: BackOff;
  /** Before a document is sent under a new reference, and how many it may have before a person looks. */
  readonly reissue: BackOff & { readonly most: number };
  /** Before the first search after an unknown outcome. */
  readonly firstFindMs: number;
  /** Bounds of the provider's own advice: less would be a hot loop, more would lose the entry. */
  readonly advice: { readonly leastMs: number; readonly mostMs: number };
}

/** Longest delay between attempts, also where the provider asks for more: ten minutes. */
const longestDelayMs = 600_000;

/** Fast at first, slow in a long outage. */
export const defaultDeliveryPolicy: DeliveryPolicy = {
  retry: { baseMs: 500, factor: 2, capMs: longestDelayMs, jitter: 0.2 },
  poll: { baseMs: 200, factor: 1.5, capMs: 30_000, jitter: 0.2 },
  reissue: { baseMs: 5_000, factor: 2, capMs: 30 * 60_000, jitter: 0.2, most: 200 },
  firstFindMs: 100,
  advice: { leastMs: 100, mostMs: longestDelayMs },
};

/**
 * Returns the delay before the next step, in whole milliseconds.
 *
 * @param earlier number of earlier delays of this kind: 0 gives the base.
 * @param random a number from 0 to 1, 1 excluded.
 */
export function backOffMs(backOff: BackOff, earlier: number, random: () => number): number {
  const grown = Math.min(backOff.baseMs * backOff.factor ** earlier, backOff.capMs);
  const spread = 1 + backOff.jitter * (2 * random() - 1);
  return Math.round(Math.min(grown * spread, backOff.capMs));
}
