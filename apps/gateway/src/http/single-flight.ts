/** Lets calls that are made while one is under way have that one's result: however many ask, it is worked out once at a time. */
export function shareCalls<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | null = null;
  return () => {
    underWay ??= work().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
