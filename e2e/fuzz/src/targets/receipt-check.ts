import assert from 'node:assert/strict';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { canonicalJson, checkReceipt, type Receipt, ruleOf } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { mutatedDocument } from '../inputs/mutated-document.js';
import { soundReceipts } from '../inputs/sound-documents.js';
import { exactDecimal, exactSum } from '../oracles/exact-decimal.js';
import { outcomeOf } from '../oracles/outcome-of.js';

const options = { now: new Date('2026-03-01T10:00:00Z'), merchantId: '542088' };
const provider = createFreedompay({ merchantId: '542088', secretKey: 'secret_key' });

/** Target: the receipt check never throws; what passes adds up and passes again unchanged. */
export const receiptCheck = sealed({
  name: 'receipt-check',
  input: fc.record({
    document: fc.oneof({ weight: 5, arbitrary: mutatedDocument(soundReceipts) }, fc.jsonValue()),
    warningsAsFaults: fc.boolean(),
  }),
  check({ document, warningsAsFaults }) {
    const before = JSON.stringify(document);
    const checked = checkReceipt(document, { ...options, warningsAsFaults });
    assert.equal(JSON.stringify(document), before, 'the check changed its input');
    const { warnings } = checked;
    for (const { code, path, severity } of checked.ok ? warnings : [...checked.faults, ...warnings]) {
      assert.ok(ruleOf(code), `no rule has the code ${code}`);
      assert.ok(path.startsWith('$'), `${path} is no JSON path`);
      assert.ok(severity === 'fault' || severity === 'warning');
    }
    if (!checked.ok) {
      assert.ok(checked.faults.length > 0 && checked.faults.length <= 1_000);
      return;
    }
    assert.ok(!(warningsAsFaults && warnings.length > 0), 'warnings passed that should be faults');
    assertAddsUp(checked.receipt);
    assertStable(checked.receipt);
    assertFreezes(checked.receipt);
  },
});

function minor(amount: number | string): bigint {
  return exactDecimal(String(amount), 2) ?? assert.fail(`${amount} is no exact amount`);
}

function assertAddsUp({ positions, settlements, total }: Receipt): void {
  let sum = 0n;
  for (const { price, quantity, sum: shown } of positions) {
    const thousandths = exactDecimal(String(quantity), 3) ?? assert.fail(`${quantity} is no exact quantity`);
    assert.equal(minor(shown), exactSum(minor(price), thousandths), 'the sum of a position is wrong');
    sum += minor(shown);
  }
  assert.equal(minor(total), sum, 'the total is not the sum of the positions');
  const settled = settlements.reduce((added, { sum: part }) => added + minor(part), 0n);
  assert.equal(settled, sum, 'the settlements are not the total');
}

function assertStable(receipt: Receipt): void {
  const again = checkReceipt(structuredClone(receipt), options);
  assert.ok(again.ok, 'the normal form does not pass');
  assert.equal(
    canonicalJson(again.receipt),
    canonicalJson(receipt),
    'the normal form has another normal form',
  );
}

function assertFreezes(receipt: Receipt): void {
  const identity = { reference: 'r', businessTime: options.now };
  const frozen = outcomeOf(() =>
    provider.freeze({ operation: 'receipt', document: { ...receipt } }, identity),
  );
  if (frozen.refusal) {
    assert.equal(frozen.refusal, 'provider.unsupported');
    return;
  }
  const sent = JSON.parse(new TextDecoder().decode(frozen.value?.body));
  assert.equal(String(sent.payment_id), receipt.payment_id, 'the frozen request is for another payment');
  assert.equal(sent.positions.length, receipt.positions.length);
}
