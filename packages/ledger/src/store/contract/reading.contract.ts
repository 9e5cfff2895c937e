import { describe, expect, it } from 'vitest';
import { nextDueInMs } from '../claim-due.fixture.js';
import { registered, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, useStore } from './store-harness.fixture.js';

export function describeReading(open: OpenStore): void {
  describe('reading', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;

    it("gives a merchant only the merchant's own entries", async () => {
      const entry = await accepted();
      expect(await harness.store.get('other', entry.id)).toBeNull();
      expect(await harness.store.list({ merchant: 'other', offset: 0, limit: 10 })).toEqual([]);
    });

    it('pages through entries, newest first', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 5; count += 1) ids.unshift((await accepted()).id);
      const page = await harness.store.list({ merchant: 'shop', offset: 1, limit: 3 });
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
        const found = await harness.store.list({ ...all, ...filter });
        expect(found.map(({ id }) => id)).toEqual([wanted.id]);
      }
      expect(await harness.store.list({ ...all, positionName: 'Товар' })).toEqual([]);
      expect(await harness.store.list({ ...all, paymentId: 'p-1', operationType: 'sell' })).toEqual([]);
    });

    it('filters by state and by time of acceptance', async () => {
      const first = await accepted();
      await settle(await claimed(), registered);
      const second = await accepted();
      const all = { merchant: 'shop', offset: 0, limit: 10 };
      const ids = async (filter: object) =>
        (await harness.store.list({ ...all, ...filter })).map(({ id }) => id);
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
      const figures = await harness.store.figures(dayMs, dayMs);
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
      expect((await harness.store.figures(0, 0)).overdue).toBe(2);
    });

    it('counts nothing in an empty ledger', async () => {
      const figures = await harness.store.figures(0, 0);
      expect(figures).toMatchObject({ due: 0, overdue: 0, oldestUnfinishedAt: null });
      expect(await nextDueInMs(harness.store, 'memory')).toBeNull();
    });
  });
}
