import { createOrangedata } from '@fiscalkit/client/orangedata';
import {
  createLedger,
  createSqliteStore,
  type FiscalReceipt,
  type Ledger,
  type LedgerStore,
  uncheckedCorrection,
  uncheckedReceipt,
} from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { type Sandbox, sampleAccounts, startSandbox } from '@fiscalkit/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const merchant = 'shop';
const company = {
  inn: '5544332219',
  email: 'shop@example.org',
  tax_system: 'osn' as const,
  payment_address: 'shop.ru',
};
/** Time in which a document that no register takes expires at the sandbox. */
const queueMs = 300;

function receiptOf(format: 'ru_1_05' | 'ru_1_2', payment: number, operation = 'sell'): FiscalReceipt {
  return uncheckedReceipt({
    receipt_format: format,
    payment_id: payment,
    operation_type: operation,
    customer: { email: 'buyer@example.org' },
    positions: [
      {
        name: 'Чай «Ёлка»',
        price: 50,
        quantity: 2,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
    ],
    settlements: [{ type: 'cashless', sum: 100 }],
  });
}

let server: Awaited<ReturnType<typeof startPostgresServer>>;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.stop());

let schemas = 0;
const stores: Readonly<Record<string, () => Promise<LedgerStore>>> = {
  SQLite: async () => createSqliteStore({ path: ':memory:' }),
  PostgreSQL: () => {
    schemas += 1;
    return createPostgresStore({ connectionString: server.connectionString, schema: `orange_${schemas}` });
  },
};

describe.each([
  ['SQLite', 'ru_1_05'],
  ['SQLite', 'ru_1_2'],
  ['PostgreSQL', 'ru_1_2'],
] as const)('a ledger on %s with OrangeData in %s', (storeName, format) => {
  let sandbox: Sandbox;
  let store: LedgerStore;
  let ledger: Ledger;

  beforeEach(async () => {
    sandbox = await startSandbox({ registrationDelayMs: 30, orangedata: { queueMs } });
    store = await (stores[storeName]?.() ?? Promise.reject(new Error('no such store')));
    const account = sampleAccounts.orangedata.find(({ receiptFormat }) => receiptFormat === format);
    if (!account) throw new Error('no such account');
    const { inn = '', signatureKey = '', ...settings } = account.settings(sandbox.url);
    const orangedata = createOrangedata({
      ...settings,
      inn,
      signatureKey,
      format,
      attemptMs: 2_000,
      pollMs: 20,
      settlesWithinMs: 600,
    });
    ledger = createLedger({
      store,
      merchants: [{ id: merchant, company, providers: [orangedata] }],
      delivery: { defaults: { pollMs: 50 } },
    });
    await ledger.start();
  });
  afterEach(async () => {
    await ledger.stop({ graceMs: 1_000 });
    await store.close();
    await sandbox.close();
  });

  async function create(document: FiscalReceipt, waitMs = 25_000) {
    return (await ledger.receipts.create({ merchant, receipt: document, waitMs })).receipt;
  }

  /** Receipts in the fiscal storage. */
  const inStorage = () => sandbox.journal().orangedata.filter(({ mark }) => mark !== null);

  it('registers a sale, its refund and a correction, each under an id of its own', async () => {
    expect(await create(receiptOf(format, 1))).toMatchObject({
      status: 'registered',
      fiscal_document_number: '1',
    });
    expect(await create(receiptOf(format, 1, 'sell_refund'))).toMatchObject({ status: 'registered' });
    const { email: _email, ...plain } = company;
    const sale = receiptOf(format, 1);
    const correction = uncheckedCorrection({
      receipt_format: format,
      operation_type: 'sell_correction',
      correction_info: { type: 'self', base_date: '2026-03-13' },
      settlements: sale.settlements,
      ...(format === 'ru_1_05'
        ? { vat_totals: [{ vat_code: 'vat_22', turnover: 100 }], company: plain }
        : { positions: sale.positions }),
    });
    const made = await ledger.corrections.create({ merchant, correction, waitMs: 25_000 });
    expect(made.correction.status).toBe('registered');
    expect(inStorage().map(({ kind, operation }) => [kind, operation])).toEqual([
      ['documents', 'sell'],
      ['documents', 'sell_refund'],
      [format === 'ru_1_05' ? 'corrections' : 'correction12', 'sell_correction'],
    ]);
    expect(new Set(inStorage().map(({ id }) => id)).size).toBe(3);
  });

  it.each([
    ['a lost answer', { kind: 'drop-after' }],
    ['a lost request', { kind: 'drop-before' }],
    ['a garbled answer', { kind: 'garbled' }],
    ['500 behind a stored document', { kind: 'status', status: 500, when: 'after' }],
    ['503 behind a stored document', { kind: 'status', status: 503, when: 'after' }],
    ['a full queue', { kind: 'status', status: 503, retryAfterSeconds: 0 }],
    ['a refused certificate', { kind: 'status', status: 401 }],
    ['a refused signature', { kind: 'error', code: 400, status: 400, text: 'Подпись не прошла проверку' }],
    ['a gateway that gives up', { kind: 'status', status: 524, when: 'after' }],
  ] as const)(
    'makes one receipt of %s',
    async (_, fault) => {
      sandbox.faults.add({ endpoint: 'orangedata.register', on: { call: 1 }, fault });
      expect(await create(receiptOf(format, 1), 40_000)).toMatchObject({ status: 'registered' });
      expect(inStorage()).toHaveLength(1);
      expect(sandbox.journal().orangedata).toHaveLength(1);
      expect(sandbox.journal().requests['orangedata.register']).toBe(2);
    },
    60_000,
  );

  it('makes one receipt of each payment while answers are lost at random', async () => {
    const rules = [
      { endpoint: 'orangedata.*', on: { probability: 0.2 }, fault: { kind: 'drop-after' } },
      { endpoint: 'orangedata.*', on: { probability: 0.1 }, fault: { kind: 'drop-before' } },
      {
        endpoint: 'orangedata.*',
        on: { probability: 0.1 },
        fault: { kind: 'status', status: 500, when: 'after' },
      },
      { endpoint: 'orangedata.register', on: { probability: 0.2 }, fault: { kind: 'late-mark', forMs: 200 } },
    ] as const;
    sandbox.faults.add(rules.map((rule) => ({ ...rule, times: 4 })));
    const payments = Array.from({ length: 8 }, (_, index) => index + 1);
    const receipts = await Promise.all(payments.map((payment) => create(receiptOf(format, payment), 60_000)));
    expect(receipts.map(({ status }) => status)).toEqual(payments.map(() => 'registered'));
    expect(sandbox.journal().orangedata).toHaveLength(payments.length);
  }, 90_000);

  it('sends a receipt under another id that expired in the queue: nothing was registered', async () => {
    sandbox.faults.add({ endpoint: 'orangedata.register', times: 1, fault: { kind: 'fail', code: 524 } });
    expect(await create(receiptOf(format, 1))).toMatchObject({ status: 'registered' });
    expect(inStorage()).toHaveLength(1);
    expect(new Set(sandbox.journal().orangedata.map(({ id }) => id)).size).toBe(2);
  });

  it('rejects what fails the check of its mark code', async () => {
    sandbox.faults.add({ endpoint: 'orangedata.register', times: 1, fault: { kind: 'fail', code: 422 } });
    const { receipt_id, status } = await create(receiptOf(format, 1));
    expect(status).toBe('rejected');
    expect((await store.get(merchant, receipt_id))?.reason).toMatchObject({
      code: 'provider.rejected',
      providerCode: 'mark.5',
    });
    expect(inStorage()).toHaveLength(0);
  });
});
