import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../entry/entry.js';
import { newEntry } from '../new-entry.fixture.js';
import { registered, rejected } from './sample-transitions.fixture.js';
import { type OpenStore, useStore } from './store-bench.fixture.js';

export function describeAccept(open: OpenStore): void {
  describe('accept', () => {
    const bench = useStore(open);
    const { accepted, claimed, settle } = bench;

    it('stores the entry whole', async () => {
      const entry = newEntry({ claims: ['link:a'] });
      const outcome = await bench.store.accept(entry);
      expect(outcome).toMatchObject({ kind: 'accepted', entry });
      const stored = await bench.store.get('shop', entry.id);
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
      const again = await bench.store.accept(newEntry({ idempotencyKey: 'key:1', contentDigest: 'same' }));
      expect(again).toEqual({ kind: 'replayed', entry: first });
    });

    it('refuses other content under the same key', async () => {
      const first = await accepted({ idempotencyKey: 'key:1' });
      const other = await bench.store.accept(newEntry({ idempotencyKey: 'key:1' }));
      expect(other).toEqual({ kind: 'conflict', entry: first, over: 'idempotency-key' });
    });

    describe('of a twin', () => {
      const facets = { paymentId: 'p-1', operationType: 'sell', totalMinor: 500 };
      const content = { facets, orderingKey: 'receipt:p-1', contentDigest: 'same' };
      const twin = (given: Partial<NewEntry> = {}) => newEntry({ ...content, ...given });

      it('refuses it when it is not meant, and names the first', async () => {
        const first = await accepted(content);
        expect(await bench.store.accept(twin({ onTwin: 'refuse' }))).toEqual({ kind: 'twin', entry: first });
        const meant = await bench.store.accept(twin());
        expect(meant).toMatchObject({ kind: 'accepted' });
        expect(meant.entry).not.toHaveProperty('onTwin');
        expect(await bench.store.accept(twin({ onTwin: 'refuse' }))).toEqual({ kind: 'twin', entry: first });
      });

      it('answers with the first when it is taken for a repeat', async () => {
        const first = await accepted(content);
        const again = await bench.store.accept(twin({ onTwin: 'replay' }));
        expect(again).toEqual({ kind: 'replayed', entry: first });
      });

      it('takes only what is live, of the same merchant, payment, operation and content, for one', async () => {
        await accepted(content);
        await settle(await claimed(), rejected);
        const others: Partial<NewEntry>[] = [
          {},
          { merchant: 'other' },
          { facets: { ...facets, paymentId: 'p-2' }, orderingKey: 'receipt:p-2' },
          { operation: 'other' },
          { contentDigest: 'another' },
        ];
        for (const other of others) {
          const outcome = await bench.store.accept(twin({ ...other, onTwin: 'refuse' }));
          expect(outcome.kind).toBe('accepted');
        }
        expect((await bench.store.accept(twin({ onTwin: 'refuse' }))).kind).toBe('twin');
      });

      it('accepts one of several that come at once', async () => {
        const all = Array.from({ length: 12 }, () => twin({ onTwin: 'refuse' }));
        const outcomes = await Promise.all(all.map((entry) => bench.store.accept(entry)));
        const kinds = outcomes.map(({ kind }) => kind).sort();
        expect(kinds).toEqual(['accepted', ...Array(11).fill('twin')]);
        expect(new Set(outcomes.map(({ entry }) => entry.id)).size).toBe(1);
      });
    });

    it('keeps the keys and claims of merchants apart', async () => {
      await accepted({ idempotencyKey: 'key:1', claims: ['link:a'] });
      const other = await bench.store.accept(
        newEntry({ merchant: 'other', idempotencyKey: 'key:1', claims: ['link:a'] }),
      );
      expect(other.kind).toBe('accepted');
    });

    it('makes one entry of fifty simultaneous repeats', async () => {
      const repeats = Array.from({ length: 50 }, () =>
        bench.store.accept(newEntry({ idempotencyKey: 'key:1', contentDigest: 'same' })),
      );
      const outcomes = await Promise.all(repeats);
      expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'replayed')).toHaveLength(49);
      expect(new Set(outcomes.map(({ entry }) => entry.id)).size).toBe(1);
    });

    it('lets a conflict spoil nothing that is accepted at the same time', async () => {
      await accepted({ idempotencyKey: 'key:1' });
      const outcomes = await Promise.all([
        bench.store.accept(newEntry()),
        bench.store.accept(newEntry({ idempotencyKey: 'key:1' })),
        bench.store.accept(newEntry()),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'conflict', 'accepted']);
    });

    it('refuses a claim that other content holds, and names it', async () => {
      const first = await accepted({ claims: ['payment:1', 'link:a'] });
      const other = await bench.store.accept(newEntry({ claims: ['payment:2', 'link:a'] }));
      expect(other).toEqual({ kind: 'conflict', entry: first, over: 'link:a' });
      expect((await bench.store.accept(newEntry({ claims: ['payment:2'] }))).kind).toBe('accepted');
    });

    it('gives the stored entry to the same content under another key', async () => {
      const first = await accepted({ claims: ['payment:1'], contentDigest: 'same' });
      const again = await bench.store.accept(newEntry({ claims: ['payment:1'], contentDigest: 'same' }));
      expect(again).toEqual({ kind: 'replayed', entry: first });
    });

    it('lets claims go on rejection, and only then', async () => {
      await accepted({ claims: ['payment:1'] });
      await settle(await claimed(), rejected);
      await accepted({ claims: ['payment:1'] });
      await settle(await claimed(), registered);
      expect((await bench.store.accept(newEntry({ claims: ['payment:1'] }))).kind).toBe('conflict');
    });
  });
}
