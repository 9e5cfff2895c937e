/** An id as a provider spells it that keeps ids as numbers: digits lose their leading zeros, all else is as it was. */
export function plainDigits(id: string): string {
  return /^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : id;
}
