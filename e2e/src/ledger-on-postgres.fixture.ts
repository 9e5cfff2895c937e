import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createLedger, type FiscalReceipt } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { Pool } from 'pg';

const { DATABASE_URL = '', FREEDOMPAY_KEY = '', FREEDOMPAY_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });
const store = await createPostgresStore({ pool }); // its tables are in the schema fiscalkit
const freedompay = createFreedompay({
  merchantId: '542088',
  secretKey: FREEDOMPAY_KEY,
  ...(FREEDOMPAY_URL && { baseUrl: FREEDOMPAY_URL }),
});
const ledger = createLedger({ store, merchants: [{ id: '542088', providers: [freedompay] }] });
await ledger.start();

/** Writes an order and accepts its receipt in one transaction: both or neither. Answers the receipt's id. */
export async function placeOrder(id: string, receipt: FiscalReceipt): Promise<string> {
  const { entry } = ledger.receipts.prepare({ merchant: '542088', receipt, idempotencyKey: `order-${id}` });
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO orders (id) VALUES ($1)', [id]);
    const outcome = await store.acceptWithin(client, entry);
    if (outcome.kind === 'conflict' || outcome.kind === 'twin') throw new Error(`another receipt: ${id}`);
    await client.query('COMMIT');
    return outcome.entry.id;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** The receipt as it is when it is registered or rejected, or when the time is over. */
export function receiptOf(id: string) {
  return ledger.receipts.waitFor({ merchant: '542088', id, timeoutMs: 10_000 });
}

export async function close(): Promise<void> {
  await ledger.stop();
  await freedompay.close();
  await store.close();
  await pool.end();
}
