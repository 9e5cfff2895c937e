import { createAtol } from '@fiscalkit/client/atol';
import {
  createLedger,
  createSqliteStore,
  type FiscalReceipt,
  type Ledger,
  type LedgerStore,
  uncheckedReceipt,
} from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { type Sandbox, sampleAtolGroups, startSandbox } from '@fiscalkit/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const merchant = 'shop';
const company = {
  inn: '5544332219',
  email: 'shop@example.org',
  tax_system: 'osn' as const,
  payment_address: 'https://shop.example',
};
/** The sheet's times of questions and of the queue, divided by a hundred. */
const scale = 100;
const times = { pollMs: 2000 / scale, settlesWithinMs: 330_000 / scale };
const queueMs = 300_000 / scale;

function receiptOf(format: 'ru_1_05' | 'ru_1_2', payment: number, operation = 'sell'): FiscalReceipt {
  return uncheckedReceipt({
    receipt_format: format,
    payment_id: payment,
    operation_type: operation,
    customer: { email: 'buyer@example.org' },
    positions: [
      {
        name: 'Tea',
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
  server = await startPostgresServer({ inMemory: true });
});
afterAll(() => server.stop());

let schemas = 0;
const stores: readonly [string, () => Promise<LedgerStore>][] = [
  ['SQLite', async () => createSqliteStore({ path: ':memory:' })],
  [
    'PostgreSQL',
    () => {
      schemas += 1;
      return createPostgresStore({ connectionString: server.connectionString, schema: `atol_${schemas}` });
    },
  ],
];
const versions = [
  ['v4', 'ru_1_05'],
  ['v5', 'ru_1_2'],
] as const;
// Versions differ in what is sent, stores in what is kept.
const cases = stores
  .flatMap(([name, openStore]) => versions.map(([version, format]) => ({ name, openStore, version, format })))
  .filter(({ name, version }) => name === 'SQLite' || version === 'v5');

describe.each(cases)('a ledger on $name with ATOL Online $version', ({ openStore, version, format }) => {
  let sandbox: Sandbox;
  let store: LedgerStore;
  let ledger: Ledger;

  beforeEach(async () => {
    sandbox = await startSandbox({ registrationDelayMs: 30, atol: { queueMs } });
    store = await openStore();
    const group = sampleAtolGroups.find((each) => each.version === version);
    if (!group) throw new Error('no such group');
    const { login, password, code } = group;
    const baseUrl = `${sandbox.url}/possystem`;
    const atol = createAtol({
      version,
      login,
      password,
      groupCode: code,
      baseUrl,
      attemptMs: 2000,
      ...times,
    });
    ledger = createLedger({
      store,
      merchants: [{ id: merchant, company, providers: [atol] }],
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
  const inStorage = () => sandbox.journal().atol.filter(({ mark }) => mark !== null);

  it('registers a sale and its refund, each under an id of its own', async () => {
    const sale = await create(receiptOf(format, 1));
    expect(sale).toMatchObject({ status: 'registered', fiscal_document_number: '1' });
    expect(sale.link).toMatch(/^https:\/\/consumer\.1-ofd-test\.ru\/v1\?fn=\d{16}/);
    expect(await create(receiptOf(format, 1, 'sell_refund'))).toMatchObject({ status: 'registered' });
    expect(inStorage().map(({ operation }) => operation)).toEqual(['sell', 'sell_refund']);
    expect(new Set(inStorage().map(({ external_id }) => external_id)).size).toBe(2);
    expect(sandbox.journal().requests['atol.get_token']).toBe(1);
  });

  it.each([
    ['a lost answer', { kind: 'drop-after' }],
    ['a lost request', { kind: 'drop-before' }],
    ['a garbled answer', { kind: 'garbled' }],
    [
      'code 50 behind a stored document',
      { kind: 'error', type: 'system', code: 50, status: 500, when: 'after' },
    ],
    [
      'code 1 behind a stored document',
      { kind: 'error', type: 'system', code: 1, status: 400, when: 'after' },
    ],
    ['a token that expired on the way', { kind: 'error', type: 'system', code: 11, status: 401 }],
    ['a gateway that gives up', { kind: 'status', status: 504, when: 'after' }],
  ] as const)('makes one receipt of %s', async (_, fault) => {
    sandbox.faults.add({ endpoint: 'atol.register', on: { call: 1 }, fault });
    expect(await create(receiptOf(format, 1))).toMatchObject({ status: 'registered' });
    expect(inStorage()).toHaveLength(1);
    expect(sandbox.journal().atol).toHaveLength(1);
    expect(sandbox.journal().requests['atol.register']).toBe(2);
  });

  it('makes one receipt of each payment while answers are lost at random, of log-ins and reports, too', async () => {
    const rules = [
      { endpoint: 'atol.*', on: { probability: 0.2 }, fault: { kind: 'drop-after' } },
      { endpoint: 'atol.*', on: { probability: 0.1 }, fault: { kind: 'drop-before' } },
      {
        endpoint: 'atol.*',
        on: { probability: 0.1 },
        fault: { kind: 'error', type: 'system', code: 50, status: 500, when: 'after' },
      },
      {
        endpoint: 'atol.*',
        on: { probability: 0.1 },
        fault: { kind: 'error', type: 'system', code: 11, status: 401 },
      },
    ] as const;
    sandbox.faults.add(rules.map((rule) => ({ ...rule, times: 4 })));
    const payments = Array.from({ length: 8 }, (_, index) => index + 1);
    // An account is polled once a second.
    const receipts = await Promise.all(payments.map((payment) => create(receiptOf(format, payment), 60_000)));
    expect(receipts.map(({ status }) => status)).toEqual(payments.map(() => 'registered'));
    expect(inStorage()).toHaveLength(payments.length);
    expect(sandbox.journal().atol).toHaveLength(payments.length);
  }, 90_000);

  it('hands a receipt to a person that the register may have closed, and makes no other', async () => {
    const lost = { kind: 'fail', type: 'driver', code: 2, registered: true } as const;
    sandbox.faults.add({ endpoint: 'atol.register', times: 1, fault: lost });
    const { status, receipt_id } = await create(receiptOf(format, 1), 4_000);
    expect(status).toBe('pending');
    expect((await store.get(merchant, receipt_id))?.reason).toMatchObject({
      code: 'provider.doubtful',
      providerCode: 'driver.2',
    });
    expect(sandbox.journal().requests['atol.register']).toBe(1);
    expect(inStorage()).toHaveLength(1);
    expect(sandbox.journal().atol).toHaveLength(1);
  });

  it.each([
    ['the time in the queue is over', { kind: 'fail', type: 'timeout', code: 1 }],
    ['the marking system is silent', { kind: 'fail', type: 'driver', code: 421 }],
  ] as const)('sends a receipt under another id where %s: nothing was registered', async (_, fault) => {
    sandbox.faults.add({ endpoint: 'atol.register', times: 1, fault });
    expect(await create(receiptOf(format, 1))).toMatchObject({ status: 'registered' });
    expect(inStorage()).toHaveLength(1);
    const ids = sandbox.journal().atol.map(({ external_id }) => external_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('rejects what the register refuses', async () => {
    const refused = { kind: 'fail', type: 'driver', code: 144, text: 'Ставка запрещена' } as const;
    sandbox.faults.add({ endpoint: 'atol.register', times: 1, fault: refused });
    const { receipt_id, status } = await create(receiptOf(format, 1));
    expect(status).toBe('rejected');
    expect((await store.get(merchant, receipt_id))?.reason).toMatchObject({
      code: 'provider.rejected',
      providerCode: 'driver.144',
      providerMessage: 'Ставка запрещена',
    });
    expect(inStorage()).toHaveLength(0);
  });
});
