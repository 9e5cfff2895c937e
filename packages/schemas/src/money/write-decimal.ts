/** Writes a whole number of smallest units as a decimal: 20000 with two places is `200.00`. */
export function writeDecimal(units: number, places: number): string {
  const sign = units < 0 ? '-' : '';
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
