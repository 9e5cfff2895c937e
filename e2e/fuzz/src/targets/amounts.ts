import assert from 'node:assert/strict';
import { amountToNumber, formatAmount, multiplyAmount, parseAmount, parseQuantity } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { mutatedText } from '../inputs/mutated-text.js';
import { exactDecimal, exactSum } from '../oracles/exact-decimal.js';
import { outcomeOf } from '../oracles/outcome-of.js';

const written = [
  '200.00',
  '0.01',
  '66.67',
  '9999999999999.99',
  '12345678901234',
  '0',
  '1e2',
  '-5',
  '0.1',
  '007',
];

const decimal = fc.oneof(
  mutatedText(written),
  fc.double(),
  fc.double({ min: 0, max: 1e13 }),
  fc.nat(2 ** 31 - 1).map((minor) => minor / 100),
  fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
);

/** Doubles distinguish decimals of up to 15 digits: more are refused. */
function expected(value: number | string, places: number): number | null {
  const units = exactDecimal(typeof value === 'number' ? String(value) : value, places);
  if (units === null) return null;
  const [whole = ''] = String(value).split('.');
  return whole.length + places > 15 ? null : Number(units);
}

/** Target: amounts are read exactly or refused by code, never rounded, and written as they were read. */
export const amounts = sealed({
  name: 'amounts',
  input: decimal,
  check(value) {
    const { value: minor, refusal } = outcomeOf(() => parseAmount(value));
    assert.equal(minor ?? null, expected(value, 2));
    if (minor === undefined)
      return assert.match(refusal ?? '', /^amount\.(format|precision|negative|range)$/);
    assert.equal(parseAmount(formatAmount(minor)), minor);
    assert.equal(parseAmount(JSON.parse(JSON.stringify(amountToNumber(minor)))), minor);
  },
});

/** Target: quantities, like amounts, from 0.001 to 99999.999; and price × quantity is exact. */
export const quantities = sealed({
  name: 'quantities',
  input: fc.record({ quantity: decimal, priceMinor: fc.nat(2 ** 31 - 1) }),
  check({ quantity, priceMinor }) {
    const { value: thousandths, refusal } = outcomeOf(() => parseQuantity(quantity));
    const units = expected(quantity, 3);
    const inRange = units !== null && units >= 1 && units <= 99_999_999 ? units : null;
    assert.equal(thousandths ?? null, inRange);
    if (thousandths === undefined) {
      assert.match(refusal ?? '', /^quantity\.(format|precision|range)$/);
      return;
    }
    const sum = exactSum(BigInt(priceMinor), BigInt(thousandths));
    assert.equal(BigInt(multiplyAmount(priceMinor, thousandths)), sum);
  },
});
