/** What a load came to. Every request was answered with status 200. */
export interface LoadResult {
  readonly requests: number;
  /** From the first request to the last answer; the requests were prepared before. */
  readonly seconds: number;
  /** From a request to its answer, in milliseconds. */
  readonly latencyMs: { readonly p50: number; readonly p90: number; readonly p99: number };
  /** Share of one processor that the generator itself took: near 1, it is the limit and not the service. */
  readonly generatorLoad: number;
  /** When each request was sent, in the order of payments, by the clock of `monotonicMs`; only at a given rate. */
  readonly sentAtMs?: readonly number[];
}
