import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import { batchActions, type EntryAction, entryActions } from '../entry/action-rules.js';
import { type Entry, type EntryState, entryStates } from '../entry/entry.js';
import type { Transition } from '../entry/transition.js';
import { claimDue } from '../store/claim-due.fixture.js';
import { outage, registered, rejected } from '../store/contract/sample-transitions.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { usePostgresStores } from '../store/postgres/postgres-stores.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import type { ManyInterventions } from './batch-call.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const there = `:${merchant}@memory:other`;
const dayMs = 86_400_000;
const reason = 'The provider was away.';

const postgres = usePostgresStores();

/** How an entry gets into a state that follows from a result. */
const results: Partial<Record<EntryState, Transition>> = {
  pending: { to: 'pending', dueInMs: dayMs, failures: 0, providerDocumentId: 'd' },
  unknown: { to: 'unknown', dueInMs: dayMs, failures: 1, reason: outage },
  registered,
  rejected,
};

const kinds = ['SQLite', 'PostgreSQL'] as const;

describe.each(kinds)('acts of operators on %s', (kind) => {
  let harness: LedgerHarness;
  let schema: string;
  let payments = 0;

  function open(store: LedgerStore): LedgerHarness {
    const first = new ScriptedProvider('first');
    const other = new ScriptedProvider('other');
    other.account = { address: 'memory:other', merchantId: null };
    return openLedger({ providers: [first, other] }, { store });
  }

  beforeEach(async () => {
    schema = postgres.newSchema();
    harness = open(kind === 'SQLite' ? createSqliteStore({ path: ':memory:' }) : await postgres.open(schema));
  });
  afterEach(() => harness.close());

  async function create(given: Record<string, unknown> = {}, of = merchant): Promise<string> {
    payments += 1;
    const receipt = sampleReceipt({ payment_id: `p-${payments}`, ...given });
    return (await harness.ledger.receipts.create({ merchant: of, receipt })).receipt.receipt_id;
  }

  async function entryOf(id: string): Promise<Entry> {
    const entry = await harness.store.entry(id);
    if (!entry) throw new Error('the entry is gone');
    return entry;
  }

  async function settle(id: string, transition: Transition): Promise<void> {
    const due = { provider: (await entryOf(id)).provider, limit: 1_000, leaseMs: dayMs, worker: 'one' };
    const claim = (await claimDue(harness.store, due)).find(({ entry }) => entry.id === id);
    if (!claim) throw new Error('the entry was not due');
    await harness.store.settle({ id, fence: claim.fence, entry: claim.entry, transition });
  }

  /** Creates an entry in a state; `held` is accepted, behind a rejected sale. */
  async function entryIn(state: EntryState | 'held', of = merchant): Promise<Entry> {
    const id = await create({}, of);
    if (state === 'held') {
      const { facets } = await entryOf(id);
      const refund = await create({ payment_id: facets.paymentId, operation_type: 'sell_refund' }, of);
      await settle(id, rejected);
      return entryOf(refund);
    }
    const result = results[state];
    if (result) await settle(id, result);
    const due = { provider: 'first', limit: 1_000, leaseMs: dayMs, worker: 'one' };
    if (state === 'sending') await claimDue(harness.store, due);
    if (state === 'parked') await harness.ledger.interventions.park({ id, by: 'vera', reason });
    const entry = await entryOf(id);
    expect(entry.state).toBe(state);
    return entry;
  }

  const many = (given: Partial<ManyInterventions> = {}) =>
    harness.ledger.interventions.interveneInMany({
      by: 'vera',
      reason,
      action: 'look-up',
      filter: { states: ['unknown'] },
      ...given,
    });

  async function batchesOf(id: string): Promise<unknown[]> {
    const rows = (await harness.store.journal(id)).map(({ details }) => JSON.parse(details));
    return rows.filter(({ batch }) => batch !== undefined);
  }

  describe('the table of acts', () => {
    function take(action: EntryAction, id: string): Promise<Entry> {
      const { interventions } = harness.ledger;
      const given = { id, by: 'vera', reason };
      switch (action) {
        case 'look-up':
          return interventions.findNow(given);
        case 'resolve':
          return interventions.resolve({ ...given, outcome: { kind: 'rejected' } });
        case 'move':
          return interventions.move({ ...given, account: there });
        default:
          return interventions[action](given);
      }
    }

    it.each([...entryStates, 'held'] as const)('says what happens to an entry that is %s', async (state) => {
      const possible: EntryAction[] = [];
      for (const action of entryActions) {
        const entry = await entryIn(state);
        const offered = await harness.ledger.interventions.offeredActions(entry);
        expect(offered.map((each) => each.action)).toEqual(entryActions);
        const refusal = offered.find((each) => each.action === action)?.refusal ?? null;
        const outcome = await take(action, entry.id).then(
          () => null,
          ({ code, message }) => ({ code, message }),
        );
        expect([action, outcome]).toEqual([action, refusal]);
        if (refusal === null) possible.push(action);
      }
      expect(possible).toEqual(
        {
          accepted: ['retry', 'park', 'resolve', 'move'],
          sending: [],
          pending: ['look-up', 'retry', 'park', 'resolve'],
          unknown: ['look-up', 'retry', 'park', 'resolve'],
          registered: [],
          rejected: ['resubmit'],
          parked: ['retry', 'release', 'resolve', 'move'],
          held: ['retry', 'park', 'release', 'resolve', 'move'],
        }[state],
      );
    });

    it.each([...entryStates, 'held'] as const)('holds for many that are %s, too', async (state) => {
      for (const action of batchActions) {
        const entry = await entryIn(state);
        const { paymentId } = entry.facets;
        const result = await many({
          action,
          filter: { states: [entry.state], acceptedFrom: entry.acceptedAt },
          idempotencyKey: `${action} ${paymentId}`,
        });
        const written = await batchesOf(entry.id);
        const [offered] = (await harness.ledger.interventions.offeredActions(entry)).filter(
          (each) => each.action === action,
        );
        const isStopped = action === 'retry' && (state === 'parked' || state === 'held');
        const isPossible = offered?.refusal === null && !isStopped;
        expect([action, written]).toEqual([
          action,
          isPossible ? [{ action: action, batch: result.batch, by: 'vera', reason }] : [],
        ]);
        expect([action, result.acted.count > 0]).toEqual([action, isPossible]);
        const refusal = isStopped ? 'entry.stopped' : offered?.refusal?.code;
        if (!isPossible)
          expect(result.refused).toContainEqual(
            expect.objectContaining({ state: entry.state, code: refusal }),
          );
      }
    });
  });

  describe('an act on many', () => {
    async function unknownOnes(count: number): Promise<string[]> {
      const ids: string[] = [];
      for (let made = 0; made < count; made += 1) ids.push((await entryIn('unknown')).id);
      return ids;
    }

    it('is told first, by count and state, and changes nothing by that', async () => {
      const ids = await unknownOnes(3);
      await entryIn('pending');
      await entryIn('registered');
      await entryIn('rejected');
      await entryIn('accepted');
      const reported = await many({ filter: { all: true }, dryRun: true });
      expect(reported).toMatchObject({
        dryRun: true,
        acted: { count: 4, states: { unknown: 3, pending: 1 } },
        actedBefore: 0,
        left: { count: 0, states: {} },
        isComplete: true,
        isAllCounted: true,
        next: null,
      });
      expect(reported.refused.map(({ state, code, count }) => [state, code, count]).sort()).toEqual([
        ['accepted', 'entry.state', 1],
        ['registered', 'entry.state', 1],
        ['rejected', 'entry.state', 1],
      ]);
      for (const id of ids) expect(await batchesOf(id)).toEqual([]);
      const done = await many({ filter: { all: true } });
      expect(done).toEqual({ ...reported, dryRun: false });
      for (const id of ids) {
        expect(await batchesOf(id)).toEqual([{ action: 'look-up', batch: done.batch, by: 'vera', reason }]);
        expect((await entryOf(id)).dueAt?.getTime()).toBeLessThan(Date.now() + 60_000);
      }
    });

    it('acts on no entry twice, and goes on where it was cut off', async () => {
      const ids = await unknownOnes(45);
      const cut = new AbortController();
      let written = 0;
      const unsubscribe = harness.ledger.observe(({ type }) => {
        if (type === 'intervention' && ++written === 5) cut.abort();
      });
      const first = await many({ signal: cut.signal });
      unsubscribe();
      expect(first).toMatchObject({ acted: { count: 20 }, left: { count: 25 }, isComplete: false });
      const second = await many();
      expect(second).toMatchObject({
        batch: first.batch,
        actedBefore: 20,
        acted: { count: 25 },
        isComplete: true,
      });
      expect(await many()).toMatchObject({ actedBefore: 45, acted: { count: 0 }, isComplete: true });
      for (const id of ids) expect(await batchesOf(id)).toHaveLength(1);
    });

    it('acts once also when it is called several times at once', async () => {
      const ids = await unknownOnes(25);
      const calls = await Promise.all([many(), many(), many()]);
      expect(calls.reduce((sum, { acted }) => sum + acted.count, 0)).toBe(25);
      expect(calls.every(({ isComplete }) => isComplete)).toBe(true);
      for (const id of ids) expect(await batchesOf(id)).toHaveLength(1);
    });

    it('acts again in another batch', async () => {
      const [id = ''] = await unknownOnes(1);
      const batches = [await many(), await many({ idempotencyKey: '2' }), await many({ reason: 'Again.' })];
      expect(new Set(batches.map(({ batch }) => batch)).size).toBe(3);
      expect(await batchesOf(id)).toHaveLength(3);
    });

    it('stops at its limit, in the order of acceptance, and another batch goes on behind it', async () => {
      const ids = await unknownOnes(5);
      const [accepted = ''] = [(await entryIn('accepted')).id];
      const limited = await many({ limit: 2 });
      expect(limited).toMatchObject({
        acted: { count: 2 },
        left: { count: 3, states: { unknown: 3 } },
        isComplete: true,
        next: expect.any(String),
      });
      const again = await many({ limit: 2 });
      expect(again).toMatchObject({
        actedBefore: 2,
        acted: { count: 0 },
        left: { count: 3 },
        next: limited.next,
      });
      expect(await many({ limit: 3 })).toMatchObject({ actedBefore: 2, acted: { count: 1 } });
      const further = await many({ after: limited.next ?? '' });
      expect(further).toMatchObject({ acted: { count: 3 }, left: { count: 0 }, next: null });
      const counts = await Promise.all(ids.map(async (id) => (await batchesOf(id)).length));
      expect(counts).toEqual([1, 1, 2, 1, 1]);
      expect(await batchesOf(accepted)).toEqual([]);
    });

    it.each<[string, Partial<ManyInterventions>, number]>([
      ['state', { filter: { states: ['pending', 'unknown'] } }, 3],
      ['one state', { filter: { states: ['pending'] } }, 1],
      ['no state', { filter: { states: [] } }, 0],
      ['merchant', { filter: { merchant: 'other' } }, 1],
      ['merchants that the caller is for', { filter: { all: true }, merchants: ['other', 'nobody'] }, 1],
      ['merchants, none of them', { filter: { merchant: 'other' }, merchants: [merchant] }, 0],
      ['provider', { filter: { provider: 'first' } }, 2],
      ['another provider', { filter: { provider: 'other' } }, 0],
      ['account', { filter: { account: ':other@memory:' } }, 1],
      ['operation', { filter: { operation: 'receipt' } }, 3],
      ['another operation', { filter: { operation: 'correction' } }, 0],
      ['operation type', { filter: { operationType: 'sell' } }, 3],
      ['another operation type', { filter: { operationType: 'sell_refund' } }, 0],
      ['reason', { filter: { reason: 'provider.timeout' } }, 2],
      ['time', { filter: { acceptedFrom: new Date(0), acceptedBefore: new Date(8.64e15) } }, 3],
      ['a time before', { filter: { acceptedBefore: new Date(0) } }, 0],
      ['a time after', { filter: { acceptedFrom: new Date(8.64e15) } }, 0],
    ])('is chosen by %s', async (_, given, expected) => {
      await entryIn('unknown');
      await entryIn('unknown', 'other');
      await entryIn('pending');
      await entryIn('accepted', 'other');
      const reported = await many({ ...given, dryRun: true });
      expect(reported.acted.count).toBe(expected);
      expect((await many(given)).acted.count).toBe(expected);
    });

    it.each<[string, Record<string, unknown>, string, string?]>([
      ['a filter that names nothing', { filter: {} }, 'intervention.invalid', '$.filter'],
      ['no filter', { filter: undefined }, 'intervention.invalid', '$.filter'],
      ['what is no act', { action: 'delete' }, 'intervention.invalid', '$.action'],
      ['no reason', { reason: '' }, 'intervention.invalid', '$.reason'],
      ['nobody', { by: '' }, 'intervention.invalid', '$.by'],
      ['a limit of nothing', { limit: 0 }, 'intervention.invalid', '$.limit'],
      ['too much at once', { limit: 1_001 }, 'intervention.invalid', '$.limit'],
      ['a half', { limit: 1.5 }, 'intervention.invalid', '$.limit'],
      ['a place that is none', { after: 'x' }, 'intervention.invalid', '$.after'],
      ['a key that is none', { idempotencyKey: '' }, 'idempotency.key.format'],
      ['what ends an entry', { action: 'resolve' }, 'intervention.needs-evidence'],
      ['what sends again', { action: 'resubmit' }, 'intervention.needs-evidence'],
      ['what goes elsewhere', { action: 'move' }, 'intervention.needs-evidence'],
    ])('is refused for %s', async (_, given, code, path) => {
      const [id = ''] = await unknownOnes(1);
      const faults = path === undefined ? [] : [expect.objectContaining({ path })];
      for (const dryRun of [true, false])
        await expect(many({ ...given, dryRun })).rejects.toMatchObject({ code, faults });
      expect(await batchesOf(id)).toEqual([]);
    });

    it('leaves what a worker holds, and the same call takes it later', async () => {
      const { id } = await entryIn('accepted');
      const claims = await claimDue(harness.store, {
        provider: 'first',
        limit: 10,
        leaseMs: dayMs,
        worker: 'one',
      });
      const given = { action: 'park', filter: { all: true } } as const;
      expect(await many(given)).toMatchObject({
        acted: { count: 0 },
        refused: [{ code: 'entry.busy', state: 'sending', count: 1 }],
        isComplete: false,
      });
      for (const { entry, fence } of claims)
        await harness.store.settle({ id: entry.id, fence, entry, transition: results.unknown ?? registered });
      expect(await many(given)).toMatchObject({
        acted: { count: 1, states: { unknown: 1 } },
        isComplete: true,
      });
      expect((await entryOf(id)).state).toBe('parked');
    });

    if (kind === 'PostgreSQL') {
      it('acts once when two processes do it at the same time', async () => {
        const ids = await unknownOnes(25);
        const second = open(await postgres.open(schema));
        const call = { by: 'vera', reason, action: 'look-up', filter: { states: ['unknown'] } } as const;
        const calls = await Promise.all(
          [harness, second].map(({ ledger }) => ledger.interventions.interveneInMany(call)),
        );
        expect(calls.reduce((sum, { acted }) => sum + acted.count, 0)).toBe(25);
        for (const id of ids) expect(await batchesOf(id)).toHaveLength(1);
        await second.ledger.stop();
      });
    }
  });
});
