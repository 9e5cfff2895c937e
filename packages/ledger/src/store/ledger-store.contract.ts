import { setTimeout as delay } from 'node:timers/promises';
import type { Registration } from '@fiscalkit/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewEntry } from '../entry/entry.js';
import { firstBrokenRow } from '../journal/first-broken-row.js';
import { hashSeal } from '../journal/hash-seal.js';
import type { Claim, LedgerStore, Transition } from './ledger-store.js';
import { newEntry } from './new-entry.fixture.js';

const longLeaseMs = 30_000;
const shortLeaseMs = 20;
const dayMs = 86_400_000;

const registration: Registration = {
  providerDocumentId: 'document-1',
  mark: null,
  link: 'https://example.com/receipt',
  details: { note: 'done' },
};

const registered: Transition = { to: 'registered', dueInMs: null, failures: 0, registration };
const rejected: Transition = {
  to: 'rejected',
  dueInMs: null,
  failures: 0,
  reason: { code: 'provider.rejected', message: 'No.' },
};
const outage = { code: 'provider.timeout', message: 'Nothing came.', outage: true };

function waitsAfterOutage(to: 'accepted' | 'unknown', dueInMs: number): Transition {
  return { to, dueInMs, failures: 1, reason: outage };
}

/** Proves that a store keeps the promises of `LedgerStore`. `open` gives an empty store; the suite closes it. */
export function describeLedgerStore(name: string, open: () => Promise<LedgerStore>): void {
  describe(`${name} as a ledger store`, () => {
    let store: LedgerStore;

    beforeEach(async () => {
      store = await open();
    });

    afterEach(async () => {
      await store.close();
    });

    async function accepted(given?: Partial<NewEntry>) {
      const outcome = await store.accept(newEntry(given));
      expect(outcome.kind).toBe('accepted');
      return outcome.entry;
    }

    function claim(given: { limit?: number; leaseMs?: number; worker?: string; provider?: string } = {}) {
      return store.claim({ provider: 'memory', limit: 10, leaseMs: longLeaseMs, worker: 'one', ...given });
    }

    async function claimed(given?: Parameters<typeof claim>[0]): Promise<Claim> {
      const [first] = await claim(given);
      if (!first) throw new Error('nothing was due');
      return first;
    }

    async function settle({ entry, fence }: Claim, transition: Transition) {
      return store.settle({ id: entry.id, fence, transition });
    }

    function samePayment(paymentId: string): Partial<NewEntry> {
      return {
        orderingKey: `receipt:${paymentId}`,
        facets: { paymentId, operationType: 'sell', totalMinor: 500 },
      };
    }

    describe('accept', () => {
      it('stores the entry whole', async () => {
        const entry = newEntry({ claims: ['link:a'] });
        const outcome = await store.accept(entry);
        expect(outcome).toMatchObject({ kind: 'accepted', entry });
        const stored = await store.get('shop', entry.id);
        expect(stored).toEqual(outcome.entry);
        expect(stored).toMatchObject({ state: 'accepted', attempts: 0, failures: 0, registration: null });
        expect(Buffer.from(stored?.request.body ?? [])).toEqual(Buffer.from(entry.request.body));
      });

      it('numbers entries in the order of acceptance', async () => {
        const first = await accepted();
        const second = await accepted();
        expect(second.sequence).toBeGreaterThan(first.sequence);
      });

      it('gives the stored entry to a repeat', async () => {
        const first = await accepted({ idempotencyKey: 'key:1', contentDigest: 'same' });
        const again = await store.accept(newEntry({ idempotencyKey: 'key:1', contentDigest: 'same' }));
        expect(again).toEqual({ kind: 'replayed', entry: first });
      });

      it('refuses other content under the same key', async () => {
        const first = await accepted({ idempotencyKey: 'key:1' });
        const other = await store.accept(newEntry({ idempotencyKey: 'key:1' }));
        expect(other).toEqual({ kind: 'conflict', entry: first, over: 'idempotency-key' });
      });

      it('keeps the keys and claims of merchants apart', async () => {
        await accepted({ idempotencyKey: 'key:1', claims: ['link:a'] });
        const other = await store.accept(
          newEntry({ merchant: 'other', idempotencyKey: 'key:1', claims: ['link:a'] }),
        );
        expect(other.kind).toBe('accepted');
      });

      it('makes one entry of fifty simultaneous repeats', async () => {
        const repeats = Array.from({ length: 50 }, () =>
          store.accept(newEntry({ idempotencyKey: 'key:1', contentDigest: 'same' })),
        );
        const outcomes = await Promise.all(repeats);
        expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind === 'replayed')).toHaveLength(49);
        expect(new Set(outcomes.map(({ entry }) => entry.id)).size).toBe(1);
      });

      it('lets a conflict spoil nothing that is accepted at the same time', async () => {
        await accepted({ idempotencyKey: 'key:1' });
        const outcomes = await Promise.all([
          store.accept(newEntry()),
          store.accept(newEntry({ idempotencyKey: 'key:1' })),
          store.accept(newEntry()),
        ]);
        expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'conflict', 'accepted']);
      });

      it('refuses a claim that other content holds, and names it', async () => {
        const first = await accepted({ claims: ['payment:1', 'link:a'] });
        const other = await store.accept(newEntry({ claims: ['payment:2', 'link:a'] }));
        expect(other).toEqual({ kind: 'conflict', entry: first, over: 'link:a' });
        expect((await store.accept(newEntry({ claims: ['payment:2'] }))).kind).toBe('accepted');
      });

      it('gives the stored entry to the same content under another key', async () => {
        const first = await accepted({ claims: ['payment:1'], contentDigest: 'same' });
        const again = await store.accept(newEntry({ claims: ['payment:1'], contentDigest: 'same' }));
        expect(again).toEqual({ kind: 'replayed', entry: first });
      });

      it('lets claims go on rejection, and only then', async () => {
        await accepted({ claims: ['payment:1'] });
        await settle(await claimed(), rejected);
        await accepted({ claims: ['payment:1'] });
        await settle(await claimed(), registered);
        expect((await store.accept(newEntry({ claims: ['payment:1'] }))).kind).toBe('conflict');
      });
    });

    describe('claim', () => {
      it('makes an accepted entry sending and counts the attempt', async () => {
        const entry = await accepted();
        const claim = await claimed();
        expect(claim).toMatchObject({
          step: 'submit',
          entry: { id: entry.id, state: 'sending', attempts: 1 },
        });
        expect(claim.entry.firstAttemptAt).toEqual(claim.entry.lastAttemptAt);
        expect(claim.claimedAt).toEqual(claim.entry.lastAttemptAt);
        expect(await store.get('shop', entry.id)).toEqual(claim.entry);
      });

      it('hands an entry to one worker only', async () => {
        for (let count = 0; count < 5; count += 1) await accepted();
        const shares = await Promise.all([claim({ worker: 'one', limit: 3 }), claim({ worker: 'two' })]);
        const ids = shares.flat().map(({ entry }) => entry.id);
        expect(ids).toHaveLength(5);
        expect(new Set(ids).size).toBe(5);
      });

      it('takes no more than asked and only from the provider', async () => {
        for (let count = 0; count < 3; count += 1) await accepted();
        await accepted({ provider: 'another' });
        expect(await claim({ limit: 2 })).toHaveLength(2);
        expect(await claim()).toHaveLength(1);
        expect(await claim({ provider: 'another' })).toHaveLength(1);
      });

      it('holds a refund back until its sale is final', async () => {
        const sale = await accepted(samePayment('1'));
        const refund = await accepted(samePayment('1'));
        const [first, ...others] = await claim();
        expect(first?.entry.id).toBe(sale.id);
        expect(others).toEqual([]);
        expect(await store.nextDueInMs('memory')).toBeGreaterThan(0);
        if (first) await settle(first, { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd' });
        const poll = await claimed();
        expect(poll).toMatchObject({ step: 'poll', entry: { id: sale.id } });
        await settle(poll, registered);
        expect(await store.nextDueInMs('memory')).toBe(0);
        expect((await claimed()).entry.id).toBe(refund.id);
      });

      it('goes on with the next entry after a rejected one, in order', async () => {
        const entries = [await accepted(samePayment('1')), await accepted(samePayment('1'))];
        entries.push(await accepted(samePayment('1')));
        for (const { id } of entries) {
          const claim = await claimed();
          expect(claim.entry.id).toBe(id);
          await settle(claim, rejected);
        }
        expect(await claim()).toEqual([]);
      });

      it('delivers different payments, and the same payment of different merchants, in parallel', async () => {
        await accepted(samePayment('1'));
        await accepted(samePayment('2'));
        await accepted({ ...samePayment('1'), merchant: 'other' });
        expect(await claim()).toHaveLength(3);
      });

      it('waits until an entry is due', async () => {
        await accepted();
        await settle(await claimed(), waitsAfterOutage('accepted', 60));
        expect(await claim()).toEqual([]);
        const dueInMs = await store.nextDueInMs('memory');
        expect(dueInMs).toBeGreaterThan(0);
        expect(dueInMs).toBeLessThanOrEqual(60);
        await delay(80);
        expect(await claimed()).toMatchObject({ step: 'submit', entry: { attempts: 2 } });
      });

      it.each([
        ['pending', 'poll'],
        ['unknown', 'find'],
      ] as const)('is due for the step that its state %s asks for', async (to, step) => {
        await accepted();
        await settle(await claimed(), { to, dueInMs: 0, failures: 0, reason: outage });
        expect(await claimed()).toMatchObject({ step, entry: { state: to, attempts: 1 } });
      });
    });

    describe('a lease', () => {
      it('passes on when it runs out: what was being sent is unknown', async () => {
        const entry = await accepted();
        const lost = await claimed({ leaseMs: shortLeaseMs });
        expect(await claim({ worker: 'two' })).toEqual([]);
        await delay(2 * shortLeaseMs);
        const taken = await claimed({ worker: 'two' });
        expect(taken).toMatchObject({ step: 'find', entry: { id: entry.id, state: 'unknown', attempts: 1 } });
        expect(taken.fence).toBeGreaterThan(lost.fence);
        expect(taken.entry.reason?.code).toBe('ledger.lease-lost');
      });

      it('fences: whoever lost it writes nothing', async () => {
        const entry = await accepted();
        const lost = await claimed({ leaseMs: shortLeaseMs });
        await delay(2 * shortLeaseMs);
        const taken = await claimed({ worker: 'two' });
        expect(await settle(lost, registered)).toEqual({ kind: 'lease-lost' });
        expect(await store.get('shop', entry.id)).toEqual(taken.entry);
        expect((await settle(taken, registered)).kind).toBe('written');
      });

      it('ends with its result', async () => {
        await accepted();
        const claim = await claimed();
        await settle(claim, waitsAfterOutage('unknown', 0));
        expect(await settle(claim, registered)).toEqual({ kind: 'lease-lost' });
      });

      it('outlasts nothing but itself: results of different entries share a turn', async () => {
        for (let count = 0; count < 5; count += 1) await accepted();
        const claims = await claim();
        const outcomes = await Promise.all(claims.map((each) => settle(each, registered)));
        expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('written'));
      });
    });

    describe('settle', () => {
      it('keeps the registration', async () => {
        const entry = await accepted();
        const outcome = await settle(await claimed(), registered);
        const stored = await store.get('shop', entry.id);
        expect(outcome).toEqual({ kind: 'written', entry: stored });
        expect(stored).toMatchObject({ state: 'registered', registration, dueAt: null, reason: null });
        expect(stored?.providerDocumentId).toBe('document-1');
        expect(await claim()).toEqual([]);
        expect(await store.nextDueInMs('memory')).toBeNull();
      });

      it('keeps the reason and the count of failures, and the document id of an earlier step', async () => {
        const entry = await accepted();
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd-1' });
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 3, reason: outage });
        expect(await store.get('shop', entry.id)).toMatchObject({
          state: 'pending',
          failures: 3,
          reason: outage,
          providerDocumentId: 'd-1',
        });
      });

      it('takes delays in fractions of a millisecond', async () => {
        await accepted();
        expect((await settle(await claimed(), waitsAfterOutage('accepted', 0.25))).kind).toBe('written');
      });

      it('hastens what waits after an outage, and nothing else', async () => {
        await accepted();
        await accepted();
        await accepted({ provider: 'another' });
        const [one, two] = await claim();
        const [other] = await claim({ provider: 'another' });
        if (!one || !two || !other) throw new Error('nothing was due');
        await settle(one, waitsAfterOutage('unknown', dayMs));
        await settle(two, { to: 'pending', dueInMs: dayMs, failures: 0, providerDocumentId: 'd' });
        await settle(other, waitsAfterOutage('accepted', dayMs));
        expect(await store.hasten('memory')).toBe(1);
        expect((await claim()).map(({ entry }) => entry.id)).toEqual([one.entry.id]);
        expect(await claim({ provider: 'another' })).toEqual([]);
      });

      it('knows the provider documents of other entries with the same ordering key', async () => {
        await accepted(samePayment('1'));
        await settle(await claimed(), registered);
        const second = await accepted(samePayment('1'));
        const elsewhere = await accepted(samePayment('2'));
        expect(await store.boundDocumentIds(second)).toEqual(new Set(['document-1']));
        expect(await store.boundDocumentIds(elsewhere)).toEqual(new Set());
        const claims = await claim();
        const ours = claims.find(({ entry }) => entry.id === second.id);
        if (!ours) throw new Error('nothing was due');
        await settle(ours, { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'document-2' });
        expect(await store.boundDocumentIds(second)).toEqual(new Set(['document-1']));
      });
    });

    describe('reading', () => {
      it("gives a merchant only the merchant's own entries", async () => {
        const entry = await accepted();
        expect(await store.get('other', entry.id)).toBeNull();
        expect(await store.list({ merchant: 'other', offset: 0, limit: 10 })).toEqual([]);
      });

      it('pages through entries, newest first', async () => {
        const ids: string[] = [];
        for (let count = 0; count < 5; count += 1) ids.unshift((await accepted()).id);
        const page = await store.list({ merchant: 'shop', offset: 1, limit: 3 });
        expect(page.map(({ id }) => id)).toEqual(ids.slice(1, 4));
      });

      it('filters by every facet', async () => {
        const wanted = await accepted({
          operation: 'receipt',
          facets: { paymentId: 'p-1', operationType: 'sell_refund', totalMinor: 12_345 },
          document: { positions: [{ name: 'Tea' }, { name: 'Товар "№1"' }] },
        });
        await accepted({ operation: 'confirmation.anor', document: {} });
        const all = { merchant: 'shop', offset: 0, limit: 10 };
        const filters = [
          { operation: 'receipt', totalMinor: 12_345 },
          { paymentId: 'p-1' },
          { operationType: 'sell_refund' },
          { totalMinor: 12_345 },
          { positionName: 'Товар "№1"' },
        ];
        for (const filter of filters) {
          const found = await store.list({ ...all, ...filter });
          expect(found.map(({ id }) => id)).toEqual([wanted.id]);
        }
        expect(await store.list({ ...all, positionName: 'Товар' })).toEqual([]);
        expect(await store.list({ ...all, paymentId: 'p-1', operationType: 'sell' })).toEqual([]);
      });

      it('filters by state and by time of acceptance', async () => {
        const first = await accepted();
        await settle(await claimed(), registered);
        const second = await accepted();
        const all = { merchant: 'shop', offset: 0, limit: 10 };
        const ids = async (filter: object) => (await store.list({ ...all, ...filter })).map(({ id }) => id);
        expect(await ids({ states: ['registered'] })).toEqual([first.id]);
        expect(await ids({ states: ['accepted', 'registered'] })).toEqual([second.id, first.id]);
        expect(await ids({ acceptedFrom: first.acceptedAt })).toEqual([second.id, first.id]);
        expect(await ids({ acceptedBefore: first.acceptedAt })).toEqual([]);
        expect(await ids({ acceptedFrom: new Date(second.acceptedAt.getTime() + dayMs) })).toEqual([]);
      });

      it('counts what waits', async () => {
        const oldest = await accepted();
        await settle(await claimed(), waitsAfterOutage('unknown', dayMs));
        await accepted({ provider: 'another' });
        await accepted({ provider: 'third' });
        await settle(await claimed({ provider: 'third' }), registered);
        const figures = await store.figures(dayMs);
        expect(figures.byState).toEqual({
          accepted: 1,
          sending: 0,
          pending: 0,
          unknown: 1,
          registered: 1,
          rejected: 0,
          parked: 0,
        });
        expect(figures).toMatchObject({
          due: 1,
          overdue: 0,
          oldestUnfinishedAt: oldest.acceptedAt,
          unfinishedByProvider: { memory: 1, another: 1 },
        });
        expect((await store.figures(0)).overdue).toBe(2);
      });

      it('counts nothing in an empty ledger', async () => {
        const figures = await store.figures(0);
        expect(figures).toMatchObject({ due: 0, overdue: 0, oldestUnfinishedAt: null });
        expect(await store.nextDueInMs('memory')).toBeNull();
      });
    });

    describe('the journal', () => {
      it('has a row for every transition, chained', async () => {
        const entry = await accepted();
        await claimed({ leaseMs: shortLeaseMs });
        await delay(2 * shortLeaseMs);
        await settle(await claimed(), { to: 'accepted', dueInMs: 0, failures: 1 });
        await settle(await claimed(), registered);
        const rows = await store.journal(entry.id);
        expect(rows.map(({ from, to }) => [from, to])).toEqual([
          [null, 'accepted'],
          ['accepted', 'sending'],
          ['sending', 'unknown'],
          ['unknown', 'accepted'],
          ['accepted', 'sending'],
          ['sending', 'registered'],
        ]);
        expect(firstBrokenRow(rows)).toBeNull();
      });

      it('says nothing of a repeat that brings nothing new', async () => {
        const entry = await accepted();
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd' });
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 1 });
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 1, reason: outage });
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 2, reason: outage });
        const rows = await store.journal(entry.id);
        expect(rows.map(({ to }) => to)).toEqual(['accepted', 'sending', 'pending', 'pending']);
        expect(firstBrokenRow(rows)).toBeNull();
      });

      it('names workers, fences and digests, and holds no document', async () => {
        const entry = await accepted();
        await settle(await claimed({ worker: 'worker-7' }), registered);
        const rows = await store.journal(entry.id);
        const [acceptance, sending, done] = rows.map(({ details }) => JSON.parse(details));
        expect(acceptance).toMatchObject({ request_digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
        expect(sending).toMatchObject({ worker: 'worker-7', fence: 1, attempt: 1 });
        expect(done).toMatchObject({ worker: 'worker-7', fence: 1, provider_document: 'document-1' });
        expect(JSON.stringify(rows)).not.toContain('Tea');
      });

      it('is sealed in blocks that follow each other', async () => {
        expect(await store.seal()).toBeNull();
        const entry = await accepted();
        const first = await store.seal();
        await claimed();
        await accepted();
        const second = await store.seal();
        expect(await store.seal()).toBeNull();
        if (!first || !second) throw new Error('nothing was sealed');
        expect([first.number, second.number]).toEqual([1, 2]);
        expect([first.rows, second.rows]).toEqual([1, 2]);
        expect(second.firstPosition).toBeGreaterThan(first.lastPosition);
        const [row] = await store.journal(entry.id);
        expect(first.hash).toBe(hashSeal(null, row ? [row] : []));
      });
    });
  });
}
