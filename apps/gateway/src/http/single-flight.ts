/** Single-flight: concurrent callers share one call's result. */
export function shareCalls<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | null = null;
  return () => {
    underWay ??= work().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

/** How old a shared result may be, in milliseconds. */
export interface ResultAge {
  /** From this age on a call renews the result, and is still answered with the old one. */
  readonly renewedAfterMs: number;
  /** From this age on a call waits for the new one. */
  readonly usableForMs: number;
}

/**
 * Single-flight that answers with the latest result while it is usable, and renews it meanwhile. A failure is
 * not kept: the next call works itself.
 */
export function shareRecent<Result>(
  work: () => Promise<Result>,
  { renewedAfterMs, usableForMs }: ResultAge,
): () => Promise<Result> {
  let latest: { readonly result: Result; readonly at: number } | null = null;
  const renew = shareCalls(async () => {
    const at = performance.now();
    try {
      const result = await work();
      latest = { result, at };
      return result;
    } catch (error) {
      latest = null;
      throw error;
    }
  });
  return async () => {
    const ageMs = latest === null ? Number.POSITIVE_INFINITY : performance.now() - latest.at;
    if (latest === null || ageMs >= usableForMs) return renew();
    const { result } = latest;
    // A failure shows in the next call.
    if (ageMs >= renewedAfterMs) renew().catch(() => {});
    return result;
  };
}
