import assert from 'node:assert/strict';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createLedger, createSqliteStore } from '@fiscalkit/ledger';
import { isFiscalError, uncheckedReceipt } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { mutatedText } from '../inputs/mutated-text.js';
import { ScriptedDispatcher } from '../inputs/provider-outcome.js';
import { soundReceipts } from '../inputs/sound-documents.js';

const settings = { merchantId: '542088', secretKey: 'secret_key', dispatcher: new ScriptedDispatcher() };
const merchant = { id: '542088', providers: [createFreedompay(settings)] };

const key = fc.oneof(
  fc.constantFrom(undefined, 'a', 'b', 'content:a', 'key:a'),
  mutatedText(['order-17', 'x'.repeat(255)]),
);

const spelling = fc.constantFrom<(payment: number) => unknown>(
  (payment) => payment,
  (payment) => String(payment),
  (payment) => ` ${payment} `,
);

const call = fc.record({ key, payment: fc.integer({ min: 1, max: 3 }), spelling });

const isKey = (text: string) => text.length <= 255 && /^[\x20-\x7e]+$/.test(text);

/**
 * Target: idempotency keys against a model of two maps. The same content replays, other content conflicts, a
 * bad key is refused; the same content under another key is refused as a twin, and without a key answered
 * with the first.
 */
export const idempotency = sealed({
  name: 'idempotency-keys',
  input: fc.array(call, { minLength: 1, maxLength: 12 }),
  async check(calls) {
    const store = createSqliteStore({ path: ':memory:' });
    const { receipts } = createLedger({ store, merchants: [merchant] });
    const idByKey = new Map<string, { payment: number; id: string }>();
    const firstOf = new Map<number, string>();
    try {
      for (const { key: idempotencyKey, payment, spelling: spell } of calls) {
        const receipt = uncheckedReceipt({ ...soundReceipts[0], payment_id: spell(payment) });
        const created = await receipts
          .create({ merchant: '542088', receipt, idempotencyKey })
          .catch((error: unknown) => (isFiscalError(error) ? error.code : Promise.reject(error)));
        const name = idempotencyKey === undefined ? `content ${payment}` : `key ${idempotencyKey}`;
        const first = firstOf.get(payment);
        const keyless = idempotencyKey === undefined && first ? { payment, id: first } : undefined;
        const known = idByKey.get(name) ?? keyless;
        if (idempotencyKey !== undefined && !isKey(idempotencyKey))
          assert.equal(created, 'idempotency.key.format');
        else if (known && known.payment !== payment) assert.equal(created, 'idempotency.conflict');
        else if (!known && first) assert.equal(created, 'receipt.twin');
        else {
          assert.ok(typeof created === 'object', `refused as ${created}`);
          assert.equal(created.replayed, known !== undefined);
          if (known) assert.equal(created.receipt.receipt_id, known.id);
          idByKey.set(name, { payment, id: created.receipt.receipt_id });
          firstOf.set(payment, first ?? created.receipt.receipt_id);
        }
      }
    } finally {
      await store.close();
    }
  },
});
