/**
 * Returns the word of a list that a provider means, whatever its case and separators: `SELL`, `Sell-Refund`.
 * `null` for a missing or unknown one, which decides nothing.
 */
export function foldWord<Word extends string>(
  shown: string | null | undefined,
  words: Readonly<Record<Word, unknown>>,
): Word | null {
  if (shown == null) return null;
  if (Object.hasOwn(words, shown)) return shown as Word;
  const folded = fold(shown);
  const known = Object.keys(words) as Word[];
  return known.find((word) => fold(word) === folded) ?? null;
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
