import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, EntryState } from '../../entry/entry.js';
import { receiptOfEntry } from '../../entry/receipt-of-entry.js';
import { sampleReceipt } from '../../services/sample-receipt.fixture.js';
import type { EntryQuery } from '../ledger-store.js';
import { registered, rejected, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, type StoreHarness, useStore } from './store-harness.fixture.js';

const names = ['Tea', 'Чай "Ёлка" & мёд', 'back\\slash', 'Cof', 'Coffee'];
const totals = [500, 12_345, 0];
const types = ['sell', 'sell_refund', null];
const operations = ['receipt', 'confirmation.anor'];
const payments = ['p-1', 'p-2', '00123'];

/**
 * Accepts so many entries that differ in all that a list filters by, some at the same moment, and brings some
 * to their end.
 */
async function fill({ store, accepted, claim, settle }: StoreHarness, size: number): Promise<Entry[]> {
  const ids: string[] = [];
  for (let number = 0; number < size; ) {
    const group = Array.from({ length: 1 + (number % 4) }, () => {
      number += 1;
      return accepted({
        merchant: number % 7 === 0 ? 'other' : 'shop',
        operation: operations[number % 5 === 0 ? 1 : 0] ?? '',
        orderingKey: `order-${number}`,
        facets: {
          paymentId: payments[number % payments.length] ?? '',
          operationType: types[number % 4] ?? null,
          totalMinor: totals[number % 5] ?? null,
        },
        document: {
          number,
          name: 'Tea',
          positions: [{ name: names[number % 6] }, { name: names[number % 4] }],
        },
      });
    });
    for (const { id } of await Promise.all(group)) ids.push(id);
  }
  const claims = await claim({ limit: size });
  for (const [index, one] of claims.entries()) {
    if (index % 3 === 0) await settle(one, registered);
    if (index % 7 === 1) await settle(one, rejected);
    if (index % 7 === 2) await settle(one, waitsAfterOutage('unknown', dayMs));
  }
  const stored = await Promise.all(ids.map((id) => store.entry(id)));
  return stored
    .filter((entry) => entry !== null)
    .sort((one, two) => two.acceptedAt.getTime() - one.acceptedAt.getTime() || two.sequence - one.sequence);
}

/** A text that does not compress well: a store may count what it keeps. */
function noise(length: number): string {
  return randomBytes(length / 2).toString('hex');
}

/** What the list is by the words of its query. */
function expected(entries: readonly Entry[], query: EntryQuery): string[] {
  const { acceptedFrom, acceptedBefore, states, positionName } = query;
  const positionsOf = ({ document }: Entry) => document.positions as readonly { readonly name?: string }[];
  return entries
    .filter(({ merchant }) => merchant === query.merchant)
    .filter(({ operation }) => query.operation === undefined || operation === query.operation)
    .filter(({ facets }) => query.paymentId === undefined || facets.paymentId === query.paymentId)
    .filter(({ facets }) => query.operationType === undefined || facets.operationType === query.operationType)
    .filter(({ facets }) => query.totalMinor === undefined || facets.totalMinor === query.totalMinor)
    .filter(({ acceptedAt }) => acceptedFrom === undefined || acceptedAt >= acceptedFrom)
    .filter(({ acceptedAt }) => acceptedBefore === undefined || acceptedAt < acceptedBefore)
    .filter(({ state }) => states === undefined || states.includes(state))
    .filter(
      (entry) => positionName === undefined || positionsOf(entry).some(({ name }) => name === positionName),
    )
    .slice(query.offset, query.offset + query.limit)
    .map(({ id }) => id);
}

const stateSets: readonly (readonly EntryState[])[] = [
  [],
  ['registered'],
  ['rejected'],
  ['accepted', 'sending', 'pending', 'unknown', 'parked'],
  ['pending'],
  ['registered', 'unknown'],
];

export function describeListing(open: OpenStore): void {
  describe('a list', () => {
    const harness = useStore(open);
    const all = { merchant: 'shop', offset: 0, limit: 1_000 };

    it('answers every filter, each combination, and every depth', async () => {
      const entries = await fill(harness, 90);
      const times = fc.constantFrom(...entries.map(({ acceptedAt }) => acceptedAt));
      const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
      const queries = fc.record({
        merchant: fc.constantFrom('shop', 'other', 'nobody'),
        operation: maybe(fc.constantFrom(...operations, 'none')),
        paymentId: maybe(fc.constantFrom(...payments, '123')),
        operationType: maybe(fc.constantFrom('sell', 'sell_refund', 'buy')),
        totalMinor: maybe(fc.constantFrom(...totals, 7)),
        states: maybe(fc.constantFrom(...stateSets)),
        positionName: maybe(fc.constantFrom(...names, 'tea', 'Te')),
        acceptedFrom: maybe(times),
        acceptedBefore: maybe(times),
        offset: fc.nat(100),
        limit: fc.integer({ min: 1, max: 100 }),
      });
      const property = fc.asyncProperty(queries, async (drawn) => {
        const filters = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
        const query = { ...all, ...filters };
        const found = await harness.store.list(query);
        expect(found.map(({ id }) => id)).toEqual(expected(entries, query));
      });
      await fc.assert(property, { numRuns: 150 });
      // Few filters leave many: each alone, whatever was drawn.
      for (const states of stateSets) {
        const ids = (await harness.store.list({ ...all, states })).map(({ id }) => id);
        expect(ids).toEqual(expected(entries, { ...all, states }));
      }
      for (const offset of [0, 1, entries.length - 1, entries.length, 1_000_000_000]) {
        const ids = (await harness.store.list({ ...all, offset })).map(({ id }) => id);
        expect(ids).toEqual(expected(entries, { ...all, offset }));
      }
    }, 60_000);

    it('tells what is printed', async () => {
      const [newest] = await fill(harness, 12);
      if (!newest) throw new Error('nothing was accepted');
      const [listed] = await harness.store.list({ ...all, merchant: newest.merchant });
      const { sequence, id, account, document, state, acceptedAt, attempts } = newest;
      const { providerDocumentId, registration, reason } = newest;
      const shown = { sequence, id, account, document, state, acceptedAt, attempts };
      expect({ ...listed }).toEqual({ ...shown, providerDocumentId, registration, reason });
      expect(Object.keys(listed ?? {})).not.toContain('request');
    });

    it('prints receipts as they are listed, in portions', async () => {
      const receipt = sampleReceipt();
      const merchant_id = 'shop';
      for (let number = 1; number <= 4; number += 1) {
        const positions = receipt.positions.map((position) => ({ ...position, name: `Чай "${number}"` }));
        const company = { payment_address: noise(140_000) };
        await harness.accepted({ document: { ...receipt, merchant_id, positions, company } });
      }
      const [one, two] = await harness.claim();
      if (!one || !two) throw new Error('too few were due');
      await harness.settle(one, registered);
      await harness.settle(two, rejected);
      for (const query of [{}, { offset: 1, limit: 2 }, { states: ['rejected'] as const }, { offset: 4 }]) {
        const listed = await harness.store.list({ ...all, ...query });
        const serialized: string[] = [];
        for await (const portion of harness.store.serializeInPortions({ ...all, ...query }, 5)) {
          serialized.push(Buffer.from(portion).toString());
        }
        expect(`[${serialized.join()}]`).toBe(
          JSON.stringify(listed.map((entry) => receiptOfEntry(entry, 5))),
        );
        expect(serialized.length).toBeGreaterThanOrEqual(Math.min(listed.length, 2));
      }
    });

    it('has nothing twice and leaves nothing out while entries are accepted', async () => {
      const pad = noise(100_000);
      const before: string[] = [];
      for (let count = 0; count < 8; count += 1) {
        before.unshift((await harness.accepted({ document: { pad, positions: [] } })).id);
      }
      const found: string[] = [];
      let portions = 0;
      for await (const portion of harness.store.listInPortions(all)) {
        portions += 1;
        found.push(...portion.map(({ id }) => id));
        await harness.accepted({ document: { pad, positions: [] } });
      }
      expect(found).toEqual(before);
      expect(portions).toBeGreaterThan(1);
    });

    it('comes in portions of a few large entries', async () => {
      for (let count = 0; count < 6; count += 1)
        await harness.accepted({ document: { pad: noise(400_000) } });
      const lengths: number[] = [];
      for await (const portion of harness.store.listInPortions(all)) lengths.push(portion.length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(2);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(6);
    });

    it('lets others write while it is under way, however slowly it is taken', async () => {
      const pad = 'x'.repeat(200_000);
      for (let count = 0; count < 4; count += 1) await harness.accepted({ document: { pad } });
      const portions = harness.store.listInPortions(all)[Symbol.asyncIterator]();
      await portions.next();
      const { id } = await harness.accepted();
      expect((await harness.store.get('shop', id))?.id).toBe(id);
      await harness.settle(await harness.claimed(), registered);
      await portions.return?.();
      expect(await harness.store.list(all)).toHaveLength(5);
    });
  });
}
