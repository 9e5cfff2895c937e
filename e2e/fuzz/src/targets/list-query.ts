import assert from 'node:assert/strict';
import { canonicalJson, checkReceiptListQuery, ruleOf } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { hostileValue } from '../inputs/hostile-values.js';
import { mutatedText } from '../inputs/mutated-text.js';

const sound: Readonly<Record<string, string>> = {
  'created_at[gte]': '2026-01-01',
  'created_at[lte]': '2026-03-31',
  offset: '0',
  limit: '100',
  utc: '+5',
  payment_id: '764239790',
  operation_type: 'sell',
  status: 'registered',
  total: '200.00',
  name: 'Чай',
};

const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(sound)) },
  fc.constantFrom('__proto__', 'created_at', 'created_at[]', 'page', ''),
  fc.string({ maxLength: 10 }),
);

const text = mutatedText(Object.values(sound));

const query = fc
  .array(
    fc.tuple(name, fc.oneof({ weight: 6, arbitrary: text }, fc.array(text, { maxLength: 3 }), hostileValue)),
    { maxLength: 6 },
  )
  .map((pairs) => Object.fromEntries(pairs));

/** Target: a list query is refused by code, or within its limits and read the same a second time. */
export const listQuery = sealed({
  name: 'list-query',
  input: fc.oneof({ weight: 9, arbitrary: query }, fc.jsonValue()),
  check(input) {
    const checked = checkReceiptListQuery(input);
    if (!checked.ok) {
      assert.ok(checked.faults.length > 0);
      for (const { code } of checked.faults) assert.ok(ruleOf(code), `no rule has the code ${code}`);
      return;
    }
    const { offset, limit, utc = 0, ...rest } = checked.query;
    assert.ok(Number.isInteger(offset) && offset >= 0 && offset <= 1_000_000_000);
    assert.ok(Number.isInteger(limit) && limit >= 1 && limit <= 100);
    assert.ok(Number.isInteger(utc) && utc >= -12 && utc <= 14);
    for (const day of [rest['created_at[gte]'], rest['created_at[lte]']]) {
      assert.ok(
        day === undefined || new Date(day).toISOString().startsWith(day),
        'a day that no calendar has',
      );
    }
    const again = checkReceiptListQuery(structuredClone(checked.query));
    assert.ok(again.ok, 'what was read can not be read again');
    assert.equal(canonicalJson(again.query), canonicalJson(checked.query));
  },
});
