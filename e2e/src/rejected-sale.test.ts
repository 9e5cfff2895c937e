import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import {
  createLedger,
  createSqliteStore,
  type FiscalEvent,
  type FiscalReceipt,
  type Ledger,
  type LedgerSignal,
  type LedgerStore,
  uncheckedReceipt,
} from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { type Sandbox, startSandbox } from '@fiscalkit/sandbox';
import { askForReceipt, killPrograms, readReceipt, startGatewayWithSandbox } from '@fiscalkit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addFault, readJournal } from './sandbox-journal.fixture.js';

const merchant = '542088';
const by = { by: 'vera', reason: 'The shop called.' };
const refused = { endpoint: 'receipts.create', fault: { kind: 'status', status: 422 } } as const;

function receipt(
  payment: number,
  operation: string,
  { email = 'buyer@example.com', paid = 'cashless' } = {},
) {
  return uncheckedReceipt({
    receipt_format: 'ru_1_05',
    payment_id: payment,
    operation_type: operation,
    customer: { email },
    positions: [
      {
        name: 'Tea',
        price: 50,
        quantity: 2,
        vat_code: 'vat_22',
        payment_method: paid === 'prepayment' ? 'full_payment' : 'full_prepayment',
        payment_object: 'goods',
      },
    ],
    settlements: [{ type: paid, sum: 100 }],
  });
}

function openLedger(store: LedgerStore, sandbox: Sandbox): Ledger {
  const freedompay = createFreedompay({
    merchantId: merchant,
    secretKey: 'secret_key',
    baseUrl: sandbox.url,
  });
  const company = {
    inn: '5544332219',
    email: 'shop@example.com',
    tax_system: 'osn' as const,
    payment_address: 'shop.ru',
  };
  return createLedger({
    store,
    merchants: [{ id: merchant, company, providers: [freedompay] }],
    delivery: { defaults: { pollMs: 200 } },
  });
}

let server: Awaited<ReturnType<typeof startPostgresServer>>;
beforeAll(async () => {
  server = await startPostgresServer({ inMemory: true });
});
afterAll(() => server.stop());
afterEach(killPrograms);

let schemas = 0;
const stores: readonly [string, () => Promise<LedgerStore>][] = [
  ['SQLite', async () => createSqliteStore({ path: ':memory:' })],
  [
    'PostgreSQL',
    () => {
      schemas += 1;
      return createPostgresStore({ connectionString: server.connectionString, schema: `sale_${schemas}` });
    },
  ],
];

describe.each(stores)('behind a sale that the provider refuses, on %s,', (_name, openStore) => {
  let sandbox: Sandbox;
  let store: LedgerStore;
  let ledger: Ledger;
  const happened: LedgerSignal[] = [];
  const announced: FiscalEvent[] = [];

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, registrationDelayMs: 0 });
    store = await openStore();
    ledger = openLedger(store, sandbox);
    happened.length = 0;
    announced.length = 0;
    ledger.observe((event) => happened.push(event));
    ledger.events.on('shop', ['receipt.held'], (event) => {
      announced.push(event);
    });
    await ledger.start();
  });
  afterEach(async () => {
    await ledger.stop({ graceMs: 1_000 });
    await store.close();
    await sandbox.close();
  });

  async function create(document: FiscalReceipt, waitMs = 10_000) {
    return (await ledger.receipts.create({ merchant, receipt: document, waitMs })).receipt;
  }

  const registered = async () =>
    (await readJournal(sandbox.url)).receipts.map(({ operation_type: operation }) => operation);

  async function rejectedSale(document: FiscalReceipt = receipt(1, 'sell')) {
    sandbox.faults.add({ ...refused, times: 1 });
    const sale = await create(document);
    expect(sale.status).toBe('rejected');
    return sale.receipt_id;
  }

  async function heldRefund(document: FiscalReceipt = receipt(1, 'sell_refund')) {
    const refund = await create(document, 1_000);
    expect(refund).toMatchObject({ status: 'pending', error: null });
    const entry = await store.entry(refund.receipt_id);
    expect(entry).toMatchObject({ state: 'accepted', reason: { code: 'sale.rejected' }, attempts: 0 });
    return refund.receipt_id;
  }

  it('a refund is held and told of, until the sale was resubmitted and is registered', async () => {
    const sale = await rejectedSale();
    const refund = await heldRefund();
    expect(await registered()).toEqual([]);
    expect((await ledger.interventions.stuck()).map(({ id }) => id)).toContain(refund);
    expect(happened).toContainEqual(expect.objectContaining({ type: 'held' }));
    await expect.poll(() => announced.map(({ entry }) => entry.id), { timeout: 10_000 }).toEqual([refund]);

    await ledger.interventions.resubmit({ ...by, id: sale });
    const final = await ledger.receipts.waitFor({ merchant, id: refund, timeoutMs: 10_000 });
    expect(final?.status).toBe('registered');
    expect(await registered()).toEqual(['sell', 'sell_refund']);
  });

  it('a refund that waits already is held, and a corrected sale overtakes it', async () => {
    sandbox.faults.add({ ...refused, times: 1 });
    sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'delay', ms: 300 } });
    const sale = await create(receipt(1, 'sell'), 0);
    const refund = await create(receipt(1, 'sell_refund'), 0);
    await expect
      .poll(async () => (await store.entry(refund.receipt_id))?.reason?.code, { timeout: 10_000 })
      .toBe('sale.rejected');
    expect((await store.entry(sale.receipt_id))?.state).toBe('rejected');
    expect((await create(receipt(1, 'sell', { email: 'right@example.com' }))).status).toBe('registered');
    const final = await ledger.receipts.waitFor({ merchant, id: refund.receipt_id, timeoutMs: 10_000 });
    expect(final?.status).toBe('registered');
    expect(await registered()).toEqual(['sell', 'sell_refund']);
  });

  /** A refund that was made from a sale which is not rejected yet, and is held when it is. */
  async function derivedRefund(sale: string, index = 0) {
    const positions = [{ index, quantity: 1 }];
    const { receipt: refund } = await ledger.receipts.refund({ merchant, receiptId: sale, positions });
    expect(refund).toMatchObject({ status: 'pending', total: 50, origin: { receipt_id: sale } });
    return refund.receipt_id;
  }

  async function saleToBeRejected() {
    sandbox.faults.add({ ...refused, times: 1 });
    sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'delay', ms: 300 } });
    return (await create(receipt(1, 'sell'), 0)).receipt_id;
  }

  const reasonOf = async (id: string) => (await store.entry(id))?.reason?.code;

  it('a refund that was made from it is held, until the sale was resubmitted and is registered', async () => {
    const sale = await saleToBeRejected();
    const refund = await derivedRefund(sale);
    await expect.poll(() => reasonOf(refund), { timeout: 10_000 }).toBe('sale.rejected');
    await expect(ledger.receipts.refund({ merchant, receiptId: sale })).rejects.toMatchObject({
      code: 'origin.rejected',
    });
    await delay(500);
    expect(await registered()).toEqual([]);

    await ledger.interventions.resubmit({ ...by, id: sale });
    const rest = await ledger.receipts.refund({ merchant, receiptId: sale, waitMs: 10_000 });
    expect(rest.receipt).toMatchObject({ status: 'registered', total: 50 });
    expect((await ledger.receipts.get({ merchant, id: refund }))?.status).toBe('registered');
    expect(await registered()).toEqual(['sell', 'sell_refund', 'sell_refund']);
    await expect(
      ledger.receipts.refund({ merchant, receiptId: sale, refundId: 'more' }),
    ).rejects.toMatchObject({ code: 'refund.exceeds-sale' });
  });

  it('a refund that was made from it is held, and counts against the corrected sale', async () => {
    const sale = await saleToBeRejected();
    const refund = await derivedRefund(sale);
    await expect.poll(() => reasonOf(refund), { timeout: 10_000 }).toBe('sale.rejected');
    const corrected = await create(receipt(1, 'sell', { email: 'right@example.com' }));
    expect(corrected.status).toBe('registered');
    const receiptId = corrected.receipt_id;
    const rest = await ledger.receipts.refund({ merchant, receiptId, waitMs: 10_000 });
    expect(rest.receipt).toMatchObject({ status: 'registered', total: 50 });
    expect((await ledger.receipts.get({ merchant, id: refund }))?.status).toBe('registered');
    expect(await registered()).toEqual(['sell', 'sell_refund', 'sell_refund']);
    await expect(ledger.receipts.refund({ merchant, receiptId, refundId: 'more' })).rejects.toMatchObject({
      code: 'refund.exceeds-sale',
    });
  });

  it('a closing receipt is held, until another prepayment is registered', async () => {
    await rejectedSale();
    const closing = await heldRefund(receipt(1, 'sell', { paid: 'prepayment' }));
    expect((await create(receipt(1, 'sell', { email: 'right@example.com' }))).status).toBe('registered');
    const final = await ledger.receipts.waitFor({ merchant, id: closing, timeoutMs: 10_000 });
    expect(final?.status).toBe('registered');
    expect(await registered()).toEqual(['sell', 'sell']);
  });

  it('a person lets a refund go, or drops it', async () => {
    await rejectedSale();
    const [one, other] = [
      await heldRefund(),
      await heldRefund(receipt(1, 'sell_refund', { email: 'other@example.com' })),
    ];
    await ledger.interventions.resolve({ ...by, id: one, outcome: { kind: 'rejected' } });
    expect(await registered()).toEqual([]);
    await ledger.interventions.retry({ ...by, id: other });
    const final = await ledger.receipts.waitFor({ merchant, id: other, timeoutMs: 10_000 });
    expect(final?.status).toBe('registered');
    expect(await registered()).toEqual(['sell_refund']);
  });

  it('a refund goes where the ledger knows of no sale, with a warning', async () => {
    const { receipt: refund, warnings } = await ledger.receipts.create({
      merchant,
      receipt: receipt(1, 'sell_refund'),
      waitMs: 10_000,
    });
    expect(refund.status).toBe('registered');
    expect(warnings).toMatchObject([{ code: 'refund.without-sale', path: '$.operation_type' }]);
  });
});

it('two processes on one PostgreSQL register no refund before a sale, and forget none', async () => {
  const sandbox = await startSandbox({ port: 0, registrationDelayMs: 0 });
  const open = () => createPostgresStore({ connectionString: server.connectionString, schema: 'two' });
  const [store, other] = [await open(), await open()];
  const ledgers = [openLedger(store, sandbox), openLedger(other, sandbox)];
  sandbox.faults.add({ ...refused, on: { every: 3 } });
  await Promise.all(ledgers.map((ledger) => ledger.start()));
  const acceptEntry = async (payment: number) => {
    const [one, two] = payment % 2 === 0 ? ledgers : [...ledgers].reverse();
    await one?.receipts.create({ merchant, receipt: receipt(payment, 'sell') });
    await two?.receipts.create({ merchant, receipt: receipt(payment, 'sell_refund') });
  };
  const payments = Array.from({ length: 60 }, (_, index) => index + 1);
  await Promise.all(payments.map(acceptEntry));

  const all = async () => {
    const listed = await store.list({ merchant, offset: 0, limit: 1_000 });
    const entries = await Promise.all(listed.map(({ id }) => store.entry(id)));
    return entries.filter((entry) => entry !== null);
  };
  const isAtRest = ({ state, reason }: Awaited<ReturnType<typeof all>>[number]) =>
    state === 'registered' || state === 'rejected' || reason?.code === 'sale.rejected';
  await expect.poll(async () => (await all()).every(isAtRest), { timeout: 60_000, interval: 200 }).toBe(true);
  const entries = await all();
  const stateOf = (payment: number, operation: string) =>
    entries.find(({ facets }) => facets.paymentId === String(payment) && facets.operationType === operation)
      ?.state;
  for (const payment of payments) {
    const isHeld = stateOf(payment, 'sell_refund') === 'accepted';
    expect(isHeld).toBe(stateOf(payment, 'sell') === 'rejected');
  }
  expect(entries.filter(({ state }) => state === 'accepted').length).toBeGreaterThan(0);
  const sold = new Set<string>();
  for (const { payment_id, operation_type } of (await readJournal(sandbox.url)).receipts) {
    if (operation_type === 'sell') sold.add(payment_id);
    else expect(sold).toContain(payment_id);
  }
  await Promise.all(ledgers.map((ledger) => ledger.stop({ graceMs: 1_000 })));
  await Promise.all([store.close(), other.close(), sandbox.close()]);
}, 120_000);

it('a gateway that is killed holds a refund after the restart too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-held-'));
  const { sandbox, gateway, startGateway } = await startGatewayWithSandbox({
    folder,
    registrationDelayMs: 0,
  });
  await addFault(sandbox.url, { ...refused, times: 1 });
  const sale = await askForReceipt(gateway.url, 1);
  expect(await readReceipt(gateway.url, sale.receipt_id, 20_000)).toMatchObject({ status: 'rejected' });
  const refund = await askForReceipt(gateway.url, 1, 'sell_refund');
  expect(await readReceipt(gateway.url, refund.receipt_id, 3_000)).toMatchObject({ status: 'pending' });
  await gateway.kill();

  const next = await startGateway();
  expect(await readReceipt(next.url, refund.receipt_id, 3_000)).toMatchObject({ status: 'pending' });
  expect((await readJournal(sandbox.url)).receipts).toEqual([]);
  await next.kill();
  const last = await startGateway();
  expect(await readReceipt(last.url, refund.receipt_id, 1_000)).toMatchObject({
    status: 'pending',
    error: null,
  });
  expect((await readJournal(sandbox.url)).receipts).toEqual([]);
}, 90_000);
