import { copyFileSync, rmSync } from 'node:fs';
import type { Finding, FindOptions, RegistrationRequest } from '@fiscalkit/client';
import type { ReceiptInput } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { createLedger } from '../create-ledger.js';
import { hastyPolicy, until } from '../delivery/delivery-harness.fixture.js';
import { type Behaviour, ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import type { EntryState } from '../entry/entry.js';
import { testMerchant } from '../services/ledger-harness.fixture.js';
import { sampleReceipt } from '../services/sample-receipt.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { backupSqliteLedger } from './backup-sqlite-ledger.js';
import { useLedgerFolder } from './ledger-folder.fixture.js';
import { restoreSqliteLedger } from './restore-sqlite-ledger.js';

const folder = useLedgerFolder();
const { id: merchant } = testMerchant;
const neverOpen = { failures: 1_000_000, coolDownMs: 1, factor: 1, capMs: 1 };

/** What the provider does with the sales in turn; what is lost arrives, what is unsent does not. */
const behaviours: readonly Behaviour[] = [
  { kind: 'register' },
  { kind: 'pend', polls: 1_000_000 },
  { kind: 'lost' },
  { kind: 'unsent' },
];

/** Four sales, and a refund that waits for the sale that is pending. */
const receipts = Array.from({ length: 8 }, (_, group) => [
  ...behaviours.map((_behaviour, index) => sampleReceipt({ payment_id: 10 * group + index })),
  sampleReceipt({ payment_id: 10 * group + 1, operation_type: 'sell_refund' }),
]).flat();

/** The first half is under way in every possible way when the copy is made; the second half comes after. */
const [before, after] = [receipts.slice(0, receipts.length / 2), receipts.slice(receipts.length / 2)];

/** A provider that can be searched only when it wants to. */
class ShyProvider extends ScriptedProvider {
  shy = false;

  override async find(request: RegistrationRequest, options: FindOptions): Promise<Finding> {
    const reason = { code: 'provider.timeout', message: 'Nothing came.' };
    return this.shy ? { kind: 'unknown', reason } : super.find(request, options);
  }
}

/** A gateway that serves the ledger for a while. */
async function serve<Result>(
  provider: ShyProvider,
  work: (gateway: {
    readonly create: (receipt: ReceiptInput) => Promise<unknown>;
    readonly states: () => Promise<Readonly<Record<EntryState, number>>>;
  }) => Promise<Result>,
): Promise<Result> {
  const store = createSqliteStore({ path: folder.path('ledger') });
  const ledger = createLedger({
    store,
    merchants: [{ ...testMerchant, providers: [provider] }],
    delivery: { policy: hastyPolicy, defaults: { breaker: neverOpen }, sealEveryMs: 5 },
  });
  await ledger.start();
  try {
    return await work({
      create: (receipt) => ledger.receipts.create({ merchant, receipt }),
      states: async () => (await ledger.figures()).byState,
    });
  } finally {
    await ledger.stop({ graceMs: 100 });
    await store.close();
  }
}

/** Accepts all receipts, is copied half-way, registers them all, and loses its ledger. */
async function liveAndLose(provider: ShyProvider): Promise<void> {
  // What is unknown stays so until the copy is made.
  provider.shy = true;
  await serve(provider, async ({ create, states }) => {
    for (const [index, receipt] of before.entries()) {
      const behaviour = behaviours[index % (behaviours.length + 1)];
      if (behaviour) provider.script.push(behaviour);
      await create(receipt);
      await until(() => provider.script.length === 0);
    }
    await until(async () => {
      const { pending, accepted, unknown, registered } = await states();
      return pending > 0 && accepted > 0 && unknown > 0 && registered > 0;
    });
    await backupSqliteLedger({ path: folder.path('ledger'), to: folder.path('copy') });
    provider.shy = false;
    for (const document of provider.documents) document.pollsLeft = 0;
    for (const receipt of after) await create(receipt);
    await until(async () => (await states()).registered === receipts.length);
  });
  for (const suffix of ['', '-wal', '-shm']) rmSync(folder.path(`ledger${suffix}`), { force: true });
}

/** Serves the ledger that was put back, while all callers repeat all their requests. */
async function liveOn(provider: ShyProvider): Promise<void> {
  await serve(provider, async ({ create, states }) => {
    for (const receipt of receipts) await create(receipt);
    await until(async () => (await states()).registered === receipts.length);
  });
}

const distinct = ({ documents }: ShyProvider) => new Set(documents.map(({ body }) => body)).size;

describe('a ledger that was lost and restored from an old copy', () => {
  it('registers nothing twice, though all callers repeat everything', async () => {
    const provider = new ShyProvider();
    await liveAndLose(provider);
    expect(provider.documents).toHaveLength(receipts.length);
    await restoreSqliteLedger({ from: folder.path('copy'), path: folder.path('ledger') });
    await liveOn(provider);
    expect(provider.documents).toHaveLength(receipts.length);
    expect(distinct(provider)).toBe(receipts.length);
    expect((await folder.verify('ledger')).faults).toEqual([]);
  });

  it('would register receipts twice, were it not declared', async () => {
    const provider = new ShyProvider();
    await liveAndLose(provider);
    copyFileSync(folder.path('copy'), folder.path('ledger'));
    await liveOn(provider);
    expect(distinct(provider)).toBe(receipts.length);
    expect(provider.documents.length).toBeGreaterThan(receipts.length);
  });
});
