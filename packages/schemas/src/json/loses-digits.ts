/** Whether a JSON number can't be read as what was sent. Up to 15 digits a double always can. */
export function losesDigits(literal: string): boolean {
  if (literal.length <= 15 && !/e/i.test(literal)) return false;
  const read = Number(literal);
  return !Number.isFinite(read) || decimalOf(String(read)) !== decimalOf(literal);
}

/** A JSON number as its digits and the power of ten they stand for, so that `200`, `200.0` and `2e2` are alike. */
function decimalOf(literal: string): string {
  const [mantissa = '', power = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${significant}e${exponent}`;
}

/** Counted by hand: the expression `/0+$/` takes quadratic time over a long run of zeros that ends in another digit. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
