/** Whether the items of a list can be paired with fitting items of another list of the same length. */
export function canPairUp<One, Other>(
  ones: readonly One[],
  others: readonly Other[],
  fits: (one: One, other: Other) => boolean,
): boolean {
  const takenBy = new Map<number, number>();
  const give = (one: number, asked: Set<number>): boolean =>
    others.some((other, place) => {
      const candidate = ones[one];
      if (asked.has(place) || candidate === undefined || !fits(candidate, other)) return false;
      asked.add(place);
      const holder = takenBy.get(place);
      if (holder !== undefined && !give(holder, asked)) return false;
      takenBy.set(place, one);
      return true;
    });
  return ones.length === others.length && ones.every((_, one) => give(one, new Set()));
}
