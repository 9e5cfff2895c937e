import { uncheckedReceipt } from '@fiscalkit/schemas';
import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { type LedgerHarness, openLedger } from '../../services/ledger-harness.fixture.js';
import { sampleReceipt } from '../../services/sample-receipt.fixture.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();
const merchant = '542088';

let store: PostgresStore;
let harness: LedgerHarness;

beforeEach(async () => {
  store = await stores.open(stores.newSchema());
  harness = openLedger({ warningsAsFaults: true }, { store });
});

const piece = { ...sampleReceipt().positions[0], quantity: 1 };

/** Returns a refund of one of the two pieces of the sample. */
function refund(given: object = {}) {
  const settlements = [{ type: 'cashless', sum: 50 }];
  return { ...sampleReceipt(), operation_type: 'sell_refund', positions: [piece], settlements, ...given };
}

/** Accepts a receipt within the transaction of a client, as a module of Nest does. */
async function acceptWithin(client: Client, receipt: object, key: string) {
  const { receipts } = harness.ledger;
  const prepared = receipts.prepare({
    merchant,
    receipt: uncheckedReceipt(receipt),
    idempotencyKey: key,
    twin: 'meant',
  });
  const { entry, warnings } = await receipts.checkRefund(prepared, (payment, limit) =>
    store.ofPaymentWithin(client, { entry: prepared.entry, payment, limit }),
  );
  return { ...(await store.acceptWithin(client, entry)), warnings };
}

const beyondSale = { code: 'receipt.invalid', faults: [{ code: 'refund.beyond-sale' }] };

describe("a refund within the caller's transaction", () => {
  it.each(['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'])(
    'is compared with what is left, this transaction included (%s)',
    async (isolation) => {
      const client = await stores.connect();
      await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
      await expect(acceptWithin(client, refund(), '0')).rejects.toMatchObject({
        faults: [{ code: 'refund.without-sale' }],
      });
      await acceptWithin(client, sampleReceipt(), 'sale');
      for (const key of ['1', '2'])
        expect(await acceptWithin(client, refund(), key)).toMatchObject({ warnings: [] });
      await expect(acceptWithin(client, refund(), '3')).rejects.toMatchObject(beyondSale);
      expect(await acceptWithin(client, refund(), '2')).toMatchObject({ kind: 'replayed' });
      await client.query('COMMIT');
      const refunds = await store.ofPayment({ merchant, operation: 'receipt', paymentId: '764239789' }, 9);
      expect(refunds).toHaveLength(3);
    },
  );

  it.each(['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'])(
    'is compared with what others committed since the transaction began (%s)',
    async (isolation) => {
      await harness.ledger.receipts.create({ merchant, receipt: uncheckedReceipt(sampleReceipt()) });
      const client = await stores.connect();
      await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
      await client.query('SELECT 1 FROM pg_class LIMIT 1');
      const positions = [{ index: 0, quantity: 2 }];
      const { receipt } = await harness.ledger.receipts.create({
        merchant,
        receipt: uncheckedReceipt(
          refund({ positions: [{ ...piece, quantity: 2 }], settlements: [{ type: 'cashless', sum: 100 }] }),
        ),
      });
      expect(receipt.positions[0]?.quantity).toBe(positions[0]?.quantity);
      await expect(acceptWithin(client, refund(), '1')).rejects.toMatchObject(beyondSale);
      await client.query('ROLLBACK');
    },
  );

  it('waits for another that takes of the same sale, and sees it', async () => {
    await harness.ledger.receipts.create({ merchant, receipt: uncheckedReceipt(sampleReceipt()) });
    const clients = await Promise.all(Array.from({ length: 6 }, () => stores.connect()));
    const outcomes = await Promise.all(
      clients.map(async (client, place) => {
        await client.query('BEGIN');
        try {
          await acceptWithin(client, refund(), String(place));
          await client.query('COMMIT');
          return 'accepted';
        } catch (error) {
          await client.query('ROLLBACK');
          return String(Object(error).code);
        }
      }),
    );
    expect(outcomes.toSorted()).toEqual(['accepted', 'accepted', ...Array(4).fill('receipt.invalid')]);
  });

  it('asks for an open transaction', async () => {
    const client = await stores.connect();
    await expect(acceptWithin(client, refund(), '1')).rejects.toMatchObject({ code: 'transaction.missing' });
  });

  it('is not compared by a statement, which says so', () => {
    const { receipts } = harness.ledger;
    const prepared = receipts.prepare({ merchant, receipt: uncheckedReceipt(refund()) });
    expect(() => receipts.withoutComparison(prepared)).toThrow(
      expect.objectContaining({
        code: 'receipt.invalid',
        faults: [expect.objectContaining({ code: 'refund.not-compared' })],
      }),
    );
    const lenient = openLedger({}, { store }).ledger.receipts;
    expect(lenient.withoutComparison(prepared).warnings).toMatchObject([{ code: 'refund.not-compared' }]);
    const sale = receipts.prepare({ merchant, receipt: uncheckedReceipt(sampleReceipt()) });
    expect(receipts.withoutComparison(sale)).toBe(sale);
  });
});
