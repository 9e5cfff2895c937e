import assert from 'node:assert/strict';
import { canonicalJson } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { hostileValue } from '../inputs/hostile-values.js';
import { outcomeOf } from '../oracles/outcome-of.js';

const json = fc.oneof(fc.jsonValue({ maxDepth: 6 }), hostileValue);

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reordered(member)]),
  );
}

/** Target: canonical JSON is the same value, whatever the order of its keys; or it is refused by code. */
export const canonicalJsonTarget = sealed({
  name: 'canonical-json',
  input: fc.record({ value: json, strange: anything }),
  check({ value, strange }) {
    const text = outcomeOf(() => canonicalJson(value));
    if (text.refusal) {
      assert.ok(hasNoJson(value), 'refused although JSON can say it');
      return;
    }
    const written = text.value ?? '';
    assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)));
    assert.equal(canonicalJson(JSON.parse(written)), written);
    assert.equal(canonicalJson(reordered(value)), written);
    const { refusal } = outcomeOf(() => canonicalJson(strange));
    assert.ok(refusal === undefined || refusal === 'json.value');
  },
});

function hasNoJson(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNoJson);
}
