import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger } from '../create-ledger.js';
import { hastyPolicy, until } from '../delivery/delivery-harness.fixture.js';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import type { AccountOperatorAction } from '../entry/operator-action.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { testMerchant } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = testMerchant.id;
let store: LedgerStore;
let open: Ledger | null = null;

beforeEach(() => {
  store = createSqliteStore({ path: ':memory:' });
});

afterEach(async () => {
  await open?.stop({ graceMs: 100 });
  open = null;
  await store.close();
});

function at(address: string, merchantId: string): ScriptedProvider {
  const provider = new ScriptedProvider('register');
  provider.account = { address, merchantId };
  return provider;
}

/** Opens the ledger with this account in the configuration. */
async function restart(provider: ScriptedProvider): Promise<Ledger> {
  await open?.stop({ graceMs: 100 });
  open = createLedger({
    store,
    merchants: [{ ...testMerchant, providers: [provider] }],
    delivery: { policy: hastyPolicy, defaults: { pollMs: 10, unconfiguredMs: 10 } },
  });
  await open.start();
  return open;
}

async function create(ledger: Ledger, payment_id: string): Promise<string> {
  const receipt = { ...sampleReceipt(), payment_id };
  return (await ledger.receipts.create({ merchant, receipt })).receipt.receipt_id;
}

async function reasonOf(id: string): Promise<string | undefined> {
  return (await store.entry(id))?.reason?.code;
}

function operatorAction(given: Partial<AccountOperatorAction> = {}): AccountOperatorAction {
  return { account: 'm-1@memory:old', action: 'moved', by: 'vera', reason: 'The provider moved.', ...given };
}

/** Documents of the old account: one with a lost answer, one that waits for it, one pending. */
async function documentsAtOldAccount(old: ScriptedProvider): Promise<string[]> {
  const ledger = await restart(old);
  old.find = async () => ({ kind: 'unknown', reason: { code: 'provider.unavailable', message: 'No.' } });
  old.script.push({ kind: 'lost' });
  const lost = await create(ledger, '1');
  await until(async () => (await reasonOf(lost)) === 'provider.unavailable');
  old.script.push({ kind: 'pend', polls: 1_000_000 });
  const pending = await create(ledger, '2');
  await until(async () => (await store.entry(pending))?.state === 'pending');
  const refund = sampleReceipt({ payment_id: '1', operation_type: 'sell_refund' });
  const behind = (await ledger.receipts.create({ merchant, receipt: refund })).receipt.receipt_id;
  return [lost, pending, behind];
}

describe('settleAccount', () => {
  it('lets the documents of an account that moved go on there, and searches what may have been sent', async () => {
    const old = at('memory:old', 'm-1');
    const ids = await documentsAtOldAccount(old);
    const moved = at('memory:new', 'm-1');
    moved.documents.push(...old.documents.map((document) => ({ ...document, pollsLeft: 0 })));
    const ledger = await restart(moved);
    await until(async () => (await reasonOf(ids[0] ?? '')) === 'provider.account-changed');
    const stuck = await ledger.interventions.stuck();
    expect(stuck.map(({ id }) => id).sort()).toEqual(ids.slice(0, 2).sort());

    expect(await ledger.interventions.settleAccount(operatorAction())).toEqual({ settled: 3, left: 0 });
    for (const id of ids) await until(async () => (await store.entry(id))?.state === 'registered');
    expect(moved.documents).toHaveLength(3);
    const journal = await store.journal(ids[0] ?? '');
    expect(journal.map(({ details }) => JSON.parse(details))).toContainEqual({
      action: 'retry',
      account: 'm-1@memory:new',
      by: 'vera',
      reason: 'The provider moved.',
    });
    expect(await ledger.interventions.settleAccount(operatorAction())).toEqual({ settled: 0, left: 0 });
  });

  it('forgets no doubt: what was doubtful is not sent where nothing shows it', async () => {
    const old = at('memory:old', 'm-1');
    const doubt = { code: 'provider.doubtful', message: 'It could be this one.' };
    old.find = async () => ({ kind: 'doubtful', reason: doubt });
    old.script.push({ kind: 'lost' });
    const id = await create(await restart(old), '1');
    await until(async () => (await reasonOf(id)) === doubt.code);
    const moved = at('memory:new', 'm-1');
    const ledger = await restart(moved);
    expect(await ledger.interventions.settleAccount(operatorAction())).toEqual({ settled: 1, left: 0 });
    await until(async () => ((await store.entry(id))?.failures ?? 0) > 1);
    expect(await store.entry(id)).toMatchObject({
      state: 'unknown',
      account: 'm-1@memory:new',
      reason: doubt,
    });
    expect(moved.documents).toEqual([]);
  });

  it('rejects the documents of an account that is gone, each with its row', async () => {
    const ids = await documentsAtOldAccount(at('memory:old', 'm-1'));
    const other = at('memory:old', 'm-2');
    const ledger = await restart(other);
    await expect(ledger.interventions.settleAccount(operatorAction())).rejects.toMatchObject({
      code: 'account.other',
    });
    expect(await ledger.interventions.settleAccount(operatorAction({ action: 'reject', merchant }))).toEqual({
      settled: 3,
      left: 0,
    });
    for (const id of ids) {
      expect(await store.entry(id)).toMatchObject({
        state: 'rejected',
        reason: { code: 'intervention.rejected' },
      });
    }
    expect(other.calls).toEqual([]);
    const { id } = await ledger.interventions.resubmit({
      id: ids[1] ?? '',
      by: 'vera',
      reason: 'To the new one.',
    });
    await until(async () => (await store.entry(id))?.state === 'registered');
    expect((await store.entry(id))?.account).toBe('m-2@memory:old');
  });

  it('leaves what another person resolves meanwhile', async () => {
    const ids = await documentsAtOldAccount(at('memory:old', 'm-1'));
    const ledger = await restart(at('memory:new', 'm-1'));
    await until(async () => (await reasonOf(ids[0] ?? '')) === 'provider.account-changed');
    const intervene = store.intervene.bind(store);
    const [lost = '', pending = '', behind = ''] = ids;
    const found = {
      id: pending,
      by: 'anna',
      reason: 'It was found out.',
      outcome: { kind: 'rejected' },
    } as const;
    store.intervene = async (intervention) => {
      if (intervention.id !== pending) return intervene(intervention);
      store.intervene = intervene;
      await ledger.interventions.resolve(found);
      return intervene(intervention);
    };
    expect(await ledger.interventions.settleAccount(operatorAction())).toEqual({ settled: 2, left: 1 });
    expect(await store.entry(pending)).toMatchObject({ state: 'rejected', account: 'm-1@memory:old' });
    for (const id of [lost, behind]) expect((await store.entry(id))?.account).toBe('m-1@memory:new');
  });

  it('does not touch what is delivered, and asks who and why', async () => {
    const provider = at('memory:old', 'm-1');
    provider.usually = { kind: 'down' };
    const ledger = await restart(provider);
    const id = await create(ledger, '1');
    await expect(ledger.interventions.settleAccount(operatorAction())).rejects.toMatchObject({
      code: 'account.configured',
    });
    await expect(ledger.interventions.settleAccount(operatorAction({ by: '' }))).rejects.toMatchObject({
      code: 'intervention.invalid',
    });
    expect((await store.entry(id))?.reason?.code).not.toBe('provider.account-changed');
    expect(await ledger.interventions.settleAccount(operatorAction({ account: 'nobody@nowhere' }))).toEqual({
      settled: 0,
      left: 0,
    });
  });
});
