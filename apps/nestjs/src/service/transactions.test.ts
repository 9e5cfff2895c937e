import type { LedgerStore } from '@fiscalkit/ledger';
import { uncheckedReceipt } from '@fiscalkit/schemas';
import { expect, it } from 'vitest';
import { openSandbox, shopAt, startApplication } from '../application.fixture.js';
import { FiscalModule } from '../module/fiscal.module.js';
import { sale } from '../receipt.fixture.js';
import { sqlite } from '../store/sqlite.js';
import { client, openTransactionalStore } from '../store/transactional-store.fixture.js';
import { FiscalService } from './fiscal.service.js';

async function start(ledger: LedgerStore | ReturnType<typeof sqlite>) {
  const options = { ledger, merchants: { shop: shopAt(await openSandbox()) } };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
  return application.get(FiscalService).receipts;
}

it('accepts within the transaction of a client, once', async () => {
  const receipts = await start(openTransactionalStore());
  const first = await receipts.acceptWithin(client, { receipt: sale('1'), idempotencyKey: 'order-1' });
  expect(first).toMatchObject({ replayed: false, warnings: [] });
  expect(await receipts.waitFor({ id: first.receiptId, timeoutMs: 10_000 })).toMatchObject({
    status: 'registered',
  });
  const second = await receipts.acceptWithin(client, { receipt: sale('1'), idempotencyKey: 'order-1' });
  expect(second).toMatchObject({ receiptId: first.receiptId, replayed: true });
  await expect(
    receipts.acceptWithin(client, { receipt: sale('2'), idempotencyKey: 'order-1' }),
  ).rejects.toMatchObject({ code: 'idempotency.conflict' });
});

it('warns of a refund of which there is no sale', async () => {
  const receipts = await start(openTransactionalStore());
  const refund = { ...sale('1'), operation_type: 'sell_refund' as const };
  expect(await receipts.acceptWithin(client, { receipt: refund })).toMatchObject({
    warnings: [{ code: 'refund.without-sale', path: '$.operation_type' }],
  });
});

it('compares a refund with what is left of its sale, which a statement can not', async () => {
  const receipts = await start(openTransactionalStore());
  const refund = { ...sale('1'), operation_type: 'sell_refund' as const };
  await receipts.acceptWithin(client, { receipt: sale('1') });
  expect(await receipts.acceptWithin(client, { receipt: refund })).toMatchObject({ warnings: [] });
  const again = { receipt: refund, idempotencyKey: 'again', twin: 'meant' as const };
  const { warnings } = await receipts.acceptWithin(client, again);
  expect(warnings.map(({ code }) => code)).toContain('refund.beyond-sale');
  expect(receipts.acceptStatement(again)).toMatchObject({ warnings: [{ code: 'refund.not-compared' }] });
});

it('gives the same as a statement, and reads what that answers', async () => {
  const receipts = await start(openTransactionalStore());
  const { text, values, warnings, accepted } = receipts.acceptStatement({ receipt: sale('1') });
  expect({ text, values, warnings }).toEqual({
    text: 'SELECT $1',
    values: [expect.any(String)],
    warnings: [],
  });

  expect(accepted([{ kind: 'accepted', id: 'a', over: null }])).toEqual({ receiptId: 'a', replayed: false });
  expect(accepted([{ kind: 'replayed', id: 'b', over: null }])).toEqual({ receiptId: 'b', replayed: true });
  const row = { kind: 'accepted', id: 'e', over: null };
  for (const answer of [{ rows: [row] }, [[row], { rows: [row] }], Object.assign([row], { count: 1 })])
    expect(accepted(answer)).toEqual({ receiptId: 'e', replayed: false });
  expect(() => accepted([{ kind: 'conflict', id: 'c', over: 'idempotency-key' }])).toThrow(
    expect.objectContaining({ code: 'idempotency.conflict' }),
  );
  expect(() => accepted([{ kind: 'busy', id: null, over: null }])).toThrow(
    expect.objectContaining({ code: 'payment.busy', retryable: true }),
  );
  for (const rows of [
    [],
    undefined,
    { rows: [] },
    [null],
    [[]],
    { rows: null },
    [{ kind: 'accepted' }],
    [{ kind: 'else', id: 'd' }],
  ]) {
    expect(() => accepted(rows)).toThrow(expect.objectContaining({ code: 'ledger.answer' }));
  }
});

it('checks the receipt first', async () => {
  const receipts = await start(openTransactionalStore());
  await expect(receipts.acceptWithin(client, { receipt: uncheckedReceipt({}) })).rejects.toMatchObject({
    code: 'receipt.invalid',
  });
  expect(() => receipts.acceptStatement({ receipt: uncheckedReceipt({}) })).toThrow(
    expect.objectContaining({ code: 'receipt.invalid' }),
  );
});

it('says so when the store has no part in transactions of others', async () => {
  const receipts = await start(sqlite({ path: ':memory:' }));
  const code = 'ledger.transactions-unsupported';
  await expect(receipts.acceptWithin(client, { receipt: sale('1') })).rejects.toMatchObject({ code });
  expect(() => receipts.acceptStatement({ receipt: sale('1') })).toThrow(expect.objectContaining({ code }));
});
