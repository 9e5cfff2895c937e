/**
 * Reads a plain decimal as a whole number of its smallest unit, or `null`: digit by digit, without the
 * product's expressions, so that both would have to be wrong in the same way.
 */
export function exactDecimal(text: string, places: number): bigint | null {
  const [whole = '', fraction = '', surplus] = text.split('.');
  if (surplus !== undefined || !isDigits(whole) || text.endsWith('.')) return null;
  if (whole.length > 1 && whole.startsWith('0')) return null;
  if (fraction !== '' && !isDigits(fraction)) return null;
  const kept = fraction.slice(0, places).padEnd(places, '0');
  if ([...fraction.slice(places)].some((digit) => digit !== '0')) return null;
  return BigInt(whole) * 10n ** BigInt(places) + BigInt(kept || '0');
}

/** Returns price × quantity, both in their smallest units, halves rounded up: no amount here is negative. */
export function exactSum(priceMinor: bigint, thousandths: bigint): bigint {
  const product = priceMinor * thousandths;
  return product / 1_000n + (product % 1_000n >= 500n ? 1n : 0n);
}

function isDigits(text: string): boolean {
  return text !== '' && [...text].every((character) => character >= '0' && character <= '9');
}
