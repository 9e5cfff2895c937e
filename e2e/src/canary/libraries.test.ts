import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createAtol, createAtolClient } from '@fiscalkit/client/atol';
import { createFiscalbox, createFiscalboxClient } from '@fiscalkit/client/fiscalbox';
import { createFreedompay, createFreedompayClient } from '@fiscalkit/client/freedompay';
import { createLedger, createSqliteStore, type LedgerSignal, type LedgerStore } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { isFiscalError, type ReceiptInput, uncheckedReceipt } from '@fiscalkit/schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.fixture.js';
import { personal, secrets } from './canaries.fixture.js';
import { type EchoingProvider, echoes, openEchoingProvider } from './echoing-provider.fixture.js';
import { findCanaries } from './find-canaries.fixture.js';
import { faultyReceipts, plantedConfirmation, plantedReceipt } from './planted-documents.fixture.js';
import { textOf } from './text-of.fixture.js';

let provider: EchoingProvider;
beforeAll(async () => {
  provider = await openEchoingProvider();
});
afterAll(() => provider.close());
afterAll(removeTemporaryFolders);

const freedompaySettings = () => ({
  merchantId: '542088',
  secretKey: secrets.freedompaySecret,
  baseUrl: provider.url,
  attemptMs: 1_000,
});
const fiscalboxSettings = () => ({ apiKey: secrets.fiscalboxKey, baseUrl: provider.url, attemptMs: 1_000 });

const atolSettings = () =>
  ({
    version: 'v5',
    groupCode: 'group',
    login: 'login',
    password: secrets.atolPassword,
    baseUrl: provider.url,
    attemptMs: 1_000,
  }) as const;
const company = {
  inn: '7709364346',
  email: personal.sellerEmail,
  tax_system: 'osn' as const,
  payment_address: personal.sellerAddress,
};

const receiptOf = (number: number) => plantedReceipt(number) as ReceiptInput;

/** The errors of calls that may fail. */
async function errorsOf(calls: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(calls);
  return settled.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
}

async function readAll(list: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of list);
}

function expectSilent(values: readonly unknown[]): void {
  for (const value of values) {
    const answers = textOf(value);
    expect({ answers, found: findCanaries(answers) }).toEqual({ answers, found: [] });
  }
}

describe('the clients', () => {
  it('tell nothing of a request or an answer in their errors', async () => {
    const freedompay = createFreedompayClient(freedompaySettings());
    const fiscalbox = createFiscalboxClient(fiscalboxSettings());
    const atol = createAtolClient(atolSettings());
    const numbers = Array.from({ length: 2 * echoes }, (_, number) => number);
    const { transaction_id, qr_code } = { transaction_id: '', qr_code: '', ...plantedConfirmation(1) };
    const errors = await errorsOf([
      ...numbers.map((number) => freedompay.receipts.create(receiptOf(number))),
      ...numbers.map(() => freedompay.receipts.get(personal.paymentId)),
      ...numbers.map(() => readAll(freedompay.receipts.list({ payment_id: personal.paymentId }))),
      ...numbers.map(() => fiscalbox.payments.confirm('anor', { transaction_id, qr_code })),
      freedompay.receipts.get(personal.buyerEmail),
      fiscalbox.payments.confirm('anor', { transaction_id, qr_code: `${qr_code}${personal.buyerEmail}` }),
      ...faultyReceipts().map((document) => freedompay.receipts.create(document as ReceiptInput)),
      // Its log-in is answered with echoes, too.
      ...numbers.map((number) => atol.receipts.create({ ...receiptOf(number), company } as ReceiptInput)),
      ...numbers.map(() => atol.receipts.get(personal.paymentId)),
      ...faultyReceipts().map((document) => atol.receipts.create(document as ReceiptInput)),
    ]);
    expect(errors.length).toBeGreaterThan(3 * echoes);
    expect(errors.every(isFiscalError)).toBe(true);
    expectSilent(errors);
    await Promise.all([freedompay.close(), fiscalbox.close(), atol.close()]);
  }, 60_000);

  it('keep their keys to themselves', async () => {
    const kept = [
      createFreedompay(freedompaySettings()),
      createFreedompayClient(freedompaySettings()),
      createFiscalbox(fiscalboxSettings()),
      createFiscalboxClient(fiscalboxSettings()),
      createAtol(atolSettings()),
      createAtolClient(atolSettings()),
    ];
    expectSilent(kept);
    await Promise.all(kept.map((each) => each.close()));
  });

  it('do not repeat an address that they can not use', () => {
    const withPassword = `https://user:${secrets.fiscalboxKey}@example.com`;
    const open = [
      () => createFreedompay({ ...freedompaySettings(), baseUrl: withPassword }),
      () => createFiscalbox({ baseUrl: withPassword }),
      () => createAtol({ ...atolSettings(), baseUrl: withPassword }),
    ];
    for (const each of open) {
      expect(each).toThrow(expect.objectContaining({ code: 'settings.base-url' }));
      try {
        each();
      } catch (error) {
        expectSilent([error]);
      }
    }
  });
});

/** A ledger for the echoing provider, with what it told its observers. */
function openLedger(store: LedgerStore) {
  const freedompay = createFreedompay(freedompaySettings());
  const fiscalbox = createFiscalbox(fiscalboxSettings());
  const ledger = createLedger({ store, merchants: [{ id: 'shop', providers: [freedompay, fiscalbox] }] });
  const events: LedgerSignal[] = [];
  ledger.observe((event) => events.push(event));
  const create = (document: unknown) =>
    ledger.receipts.create({ merchant: 'shop', receipt: uncheckedReceipt(document), waitMs: 1_000 });
  const confirm = (confirmation: unknown) =>
    ledger.payments.confirm({ merchant: 'shop', wallet: 'anor', confirmation, waitMs: 1_000 });
  return { ledger, events, create, confirm };
}

describe('the ledger', () => {
  it('tells observers of attempts and troubles without anything of the document', async () => {
    const store = createSqliteStore({ path: ':memory:' });
    const { ledger, events, create, confirm } = openLedger(store);
    ledger.events.on('mail', ['receipt.accepted'], () => Promise.reject(new Error(personal.buyerEmail)));
    await ledger.start();
    const numbers = Array.from({ length: echoes }, (_, number) => number);
    const errors = await errorsOf([
      ...numbers.flatMap((number) => [create(plantedReceipt(number)), confirm(plantedConfirmation(number))]),
      ...faultyReceipts().flatMap((document) => [create(document), confirm(document)]),
    ]);
    await ledger.stop({ graceMs: 0 });
    await store.close();
    expect(errors.length).toBeGreaterThanOrEqual(2 * faultyReceipts().length);
    expectSilent(errors);
    // An event about an entry carries the entry, for whoever has to act on it.
    const withoutEntry = events.filter((event) => !('entry' in event));
    expect(new Set(withoutEntry.map(({ type }) => type))).toContain('attempt');
    expectSilent(withoutEntry);
  }, 60_000);

  it('tells nothing when its file can not be written, or is closed', async () => {
    const path = join(temporaryFolder('canary'), 'ledger.sqlite');
    const store = createSqliteStore({ path });
    const { create, confirm } = openLedger(store);
    const other = new DatabaseSync(path, { timeout: 10_000 });
    other.exec('BEGIN IMMEDIATE');
    const locked = await errorsOf([create(plantedReceipt(1)), confirm(plantedConfirmation(1))]);
    other.close();
    await store.close();
    const closed = await errorsOf([create(plantedReceipt(1)), confirm(plantedConfirmation(1))]);
    expect([...locked, ...closed]).toHaveLength(4);
    expectSilent([...locked, ...closed]);
  }, 60_000);

  it('tells nothing when PostgreSQL refuses a text, or the password, or is not there', async () => {
    const server = await startPostgresServer({ inMemory: true });
    const { connectionString } = server;
    const store = await createPostgresStore({ connectionString });
    const { create } = openLedger(store);
    const refused = await errorsOf([create({ ...plantedReceipt(1), payment_id: `${personal.paymentId}\0` })]);
    await store.close();
    const wrong = new URL(connectionString);
    wrong.password = secrets.databasePassword;
    const kept = await errorsOf([createPostgresStore({ connectionString: wrong.href })]);
    await server.stop();
    const away = await errorsOf([
      createPostgresStore({ connectionString: wrong.href }),
      createPostgresStore({ connectionString: `postgres://user:${secrets.databasePassword}@[::/x` }),
      createPostgresStore({
        connectionString: `postgres://user:${secrets.databasePassword}@127.0.0.1:x/y?%zz`,
      }),
    ]);
    expect(refused).toHaveLength(1);
    expect([...kept, ...away]).toHaveLength(4);
    expectSilent([...refused, ...kept, ...away]);
  }, 60_000);
});
