const shortWeights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const eleventhWeights = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const twelfthWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** Checks for a Russian tax id (INN) of 10 or 12 digits, not all zero, with right check digits. */
export function isInn(text: string): boolean {
  if (/^0+$/.test(text)) return false;
  if (/^\d{10}$/.test(text)) return hasCheckDigit(text, shortWeights);
  if (/^\d{12}$/.test(text))
    return hasCheckDigit(text, eleventhWeights) && hasCheckDigit(text, twelfthWeights);
  return false;
}

/** Checks the digit right behind those that the weights cover. */
function hasCheckDigit(text: string, weights: readonly number[]): boolean {
  const weighed = weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0);
  return (weighed % 11) % 10 === Number(text[weights.length]);
}

/** Checks for an Uzbek personal number (PINFL): 14 digits. */
export function isPinfl(text: string): boolean {
  return /^\d{14}$/.test(text);
}

/** Checks for an Uzbek tax id of a company (TIN): 9 digits. */
export function isTin(text: string): boolean {
  return /^\d{9}$/.test(text);
}

/** Checks for a product code of the Uzbek catalogue (IKPU, MXIK): 17 digits. */
export function isIkpu(text: string): boolean {
  return /^\d{17}$/.test(text);
}
