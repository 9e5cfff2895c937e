/**
 * Shares an amount out by weights, exact to the minor unit: each share is the exact proportion rounded down
 * or up, and the shares add up to the amount. What is left after rounding down goes to the largest
 * remainders, the first of equal ones. No share is larger than its weight if the amount is not larger than
 * their sum. Without any weight the first gets all. Amounts and weights are whole numbers of at least 0.
 */
export function allocate(minor: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map((_, index) => (index === 0 ? minor : 0));
  const shares = weights.map((weight, index) => {
    const product = BigInt(minor) * BigInt(weight);
    return { index, share: Number(product / total), remainder: product % total };
  });
  let rest = minor - shares.reduce((sum, { share }) => sum + share, 0);
  const allocated = shares.map(({ share }) => share);
  shares.sort(
    (left, right) =>
      Number(right.remainder > left.remainder) - Number(right.remainder < left.remainder) ||
      left.index - right.index,
  );
  for (const { index } of shares) {
    if (rest === 0) break;
    allocated[index] = (allocated[index] ?? 0) + 1;
    rest -= 1;
  }
  return allocated;
}
