const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A number as a reader compares it: three digits that count, all digits of the whole part, thousands apart. */
export function formatNumber(value: number): string {
  return (Math.abs(value) < 1000 ? threeDigits : whole).format(value);
}
