import { describe, expect, it } from 'vitest';
import type { Entry, NewEntry } from '../../entry/entry.js';
import { nextVersionKey } from '../../entry/operator-action.js';
import { newEntry } from '../new-entry.fixture.js';
import { registered, rejected } from './sample-transitions.fixture.js';
import { type OpenStore, useStore } from './store-harness.fixture.js';

export function describeAccept(open: OpenStore): void {
  describe('accept', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;

    it('stores the entry whole', async () => {
      const entry = newEntry({ uniqueKeys: ['link:a'] });
      const outcome = await harness.store.accept(entry);
      expect(outcome).toMatchObject({ kind: 'accepted', entry });
      const stored = await harness.store.get('shop', entry.id);
      expect(stored).toEqual(outcome.entry);
      expect(stored).toMatchObject({ state: 'accepted', attempts: 0, failures: 0, registration: null });
      expect(Buffer.from(stored?.request.body ?? [])).toEqual(Buffer.from(entry.request.body));
    });

    it.each<Partial<NewEntry>>([
      { id: 'a\ud800' },
      { merchant: 'shop\udc00' },
      { idempotencyKey: 'key:\ud800' },
      { orderingKey: 'receipt:\udc00a' },
      { uniqueKeys: ['link:a', 'link:\ud800'] },
      { facets: { paymentId: '\ud83d', operationType: 'sell', totalMinor: 500 } },
    ])('refuses half a character, which would come back as another: %j', async (given) => {
      const [refused, taken] = await Promise.allSettled([
        harness.store.accept(newEntry(given)),
        harness.store.accept(newEntry({ idempotencyKey: 'key:😀' })),
      ]);
      expect(refused).toMatchObject({ reason: { code: 'ledger.text', retryable: false } });
      expect(taken).toMatchObject({ value: { kind: 'accepted' } });
    });

    it('numbers entries in the order of acceptance', async () => {
      const first = await accepted();
      const second = await accepted();
      expect(second.sequence).toBeGreaterThan(first.sequence);
    });

    it('gives the stored entry to a repeat', async () => {
      const first = await accepted({ idempotencyKey: 'key:1', contentDigest: 'same' });
      const again = await harness.store.accept(newEntry({ idempotencyKey: 'key:1', contentDigest: 'same' }));
      expect(again).toEqual({ kind: 'replayed', entry: first });
    });

    it('refuses other content under the same key', async () => {
      const first = await accepted({ idempotencyKey: 'key:1' });
      const other = await harness.store.accept(newEntry({ idempotencyKey: 'key:1' }));
      expect(other).toEqual({ kind: 'conflict', entry: first, over: 'idempotency-key' });
    });

    describe('of a twin', () => {
      const facets = { paymentId: 'p-1', operationType: 'sell', totalMinor: 500 };
      const content = { facets, orderingKey: 'receipt:p-1', contentDigest: 'same' };
      const twin = (given: Partial<NewEntry> = {}) => newEntry({ ...content, ...given });

      it('refuses it when it is not meant, and names the first', async () => {
        const first = await accepted(content);
        expect(await harness.store.accept(twin({ onTwin: 'refuse' }))).toEqual({
          kind: 'twin',
          entry: first,
        });
        const meant = await harness.store.accept(twin());
        expect(meant).toMatchObject({ kind: 'accepted' });
        expect(meant.entry).not.toHaveProperty('onTwin');
        expect(await harness.store.accept(twin({ onTwin: 'refuse' }))).toEqual({
          kind: 'twin',
          entry: first,
        });
      });

      it('answers with the first when it is taken for a repeat', async () => {
        const first = await accepted(content);
        const again = await harness.store.accept(twin({ onTwin: 'replay' }));
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
          const outcome = await harness.store.accept(twin({ ...other, onTwin: 'refuse' }));
          expect(outcome.kind).toBe('accepted');
        }
        expect((await harness.store.accept(twin({ onTwin: 'refuse' }))).kind).toBe('twin');
      });

      it('takes the same document for the same content, whatever of it the caller said', async () => {
        const first = await accepted({ ...content, idempotencyKey: 'key:1' });
        const saidMore = { contentDigest: 'same and the settings', document: first.document };
        expect(await harness.store.accept(twin({ ...saidMore, onTwin: 'refuse' }))).toEqual({
          kind: 'twin',
          entry: first,
        });
        expect(await harness.store.accept(twin({ ...saidMore, onTwin: 'replay' }))).toEqual({
          kind: 'replayed',
          entry: first,
        });
        const underItsKey = { ...saidMore, idempotencyKey: 'key:1' };
        expect(await harness.store.accept(twin(underItsKey))).toEqual({ kind: 'replayed', entry: first });
        const ofAnother = twin({ ...underItsKey, operation: 'other' });
        expect(await harness.store.accept(ofAnother)).toMatchObject({ kind: 'conflict', entry: first });
      });

      it('knows a rejected one by its document, too', async () => {
        const first = await accepted(content);
        await settle(await claimed(), rejected);
        const corrected = { contentDigest: 'corrected', idempotencyKey: nextVersionKey(first.id) };
        const { entry: second } = await harness.store.accept(twin({ ...corrected, onTwin: 'refuse' }));
        const saidMore = twin({ contentDigest: 'other', document: first.document, onTwin: 'refuse' });
        expect(await harness.store.accept(saidMore)).toEqual({ kind: 'twin', entry: second });
      });

      it('accepts one of several that come at once', async () => {
        const all = Array.from({ length: 12 }, () => twin({ onTwin: 'refuse' }));
        const outcomes = await Promise.all(all.map((entry) => harness.store.accept(entry)));
        const kinds = outcomes.map(({ kind }) => kind).sort();
        expect(kinds).toEqual(['accepted', ...Array(11).fill('twin')]);
        expect(new Set(outcomes.map(({ entry }) => entry.id)).size).toBe(1);
      });
    });

    describe('of what was handed in again', () => {
      const facets = { paymentId: 'p-1', operationType: 'sell', totalMinor: 500 };
      const order = (contentDigest: string, given: Partial<NewEntry> = {}): Partial<NewEntry> => ({
        facets,
        orderingKey: 'receipt:p-1',
        contentDigest,
        ...given,
      });
      const again = (before: Entry, contentDigest: string): Partial<NewEntry> =>
        order(contentDigest, { idempotencyKey: nextVersionKey(before.id), onTwin: 'refuse' });
      const acceptEntry = (contentDigest: string, given: Partial<NewEntry> = {}) =>
        harness.store.accept(newEntry(order(contentDigest, { onTwin: 'refuse', ...given })));

      async function refused(given: Partial<NewEntry>): Promise<Entry> {
        const entry = await accepted(given);
        await settle(await claimed(), rejected);
        return entry;
      }

      it('takes the live successor for the twin of what the rejected one said', async () => {
        const first = await refused(order('original'));
        const second = await accepted(again(first, 'corrected'));
        expect(await acceptEntry('original')).toEqual({ kind: 'twin', entry: second });
        expect(await acceptEntry('original', { onTwin: 'replay' })).toEqual({
          kind: 'replayed',
          entry: second,
        });
        await settle(await claimed(), registered);
        expect(await acceptEntry('original')).toMatchObject({ kind: 'twin', entry: { id: second.id } });
        expect((await acceptEntry('original', { merchant: 'other' })).kind).toBe('accepted');
        expect((await acceptEntry('original', { operation: 'other' })).kind).toBe('accepted');
        expect((await acceptEntry('something else')).kind).toBe('accepted');
        expect((await harness.store.accept(newEntry(order('original')))).kind).toBe('accepted');
      });

      it('follows successors as far as they go, and none that is rejected', async () => {
        const first = await refused(order('original'));
        const second = await refused(again(first, 'corrected'));
        const third = await accepted(again(second, 'right at last'));
        expect(await acceptEntry('original')).toEqual({ kind: 'twin', entry: third });
        expect(await acceptEntry('corrected')).toEqual({ kind: 'twin', entry: third });
        await settle(await claimed(), rejected);
        expect((await acceptEntry('original')).kind).toBe('accepted');
      });

      it('refuses the correction when the same is there under another key', async () => {
        const first = await refused(order('original'));
        const { entry: live } = await acceptEntry('original');
        const late = await harness.store.accept(newEntry(again(first, 'corrected')));
        expect(late).toEqual({ kind: 'twin', entry: live });
      });

      it('refuses what a rejected correction said when the original is there under another key', async () => {
        const first = await refused(order('original'));
        await refused(again(first, 'corrected'));
        const { entry: live } = await acceptEntry('original');
        expect(await acceptEntry('corrected')).toEqual({ kind: 'twin', entry: live });
      });
    });

    it('keeps the keys and claims of merchants apart', async () => {
      await accepted({ idempotencyKey: 'key:1', uniqueKeys: ['link:a'] });
      const other = await harness.store.accept(
        newEntry({ merchant: 'other', idempotencyKey: 'key:1', uniqueKeys: ['link:a'] }),
      );
      expect(other.kind).toBe('accepted');
    });

    it('makes one entry of fifty simultaneous repeats', async () => {
      const repeats = Array.from({ length: 50 }, () =>
        harness.store.accept(newEntry({ idempotencyKey: 'key:1', contentDigest: 'same' })),
      );
      const outcomes = await Promise.all(repeats);
      expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'replayed')).toHaveLength(49);
      expect(new Set(outcomes.map(({ entry }) => entry.id)).size).toBe(1);
    });

    it('lets a conflict spoil nothing that is accepted at the same time', async () => {
      await accepted({ idempotencyKey: 'key:1' });
      const outcomes = await Promise.all([
        harness.store.accept(newEntry()),
        harness.store.accept(newEntry({ idempotencyKey: 'key:1' })),
        harness.store.accept(newEntry()),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'conflict', 'accepted']);
    });

    it('refuses a claim that other content holds, and names it', async () => {
      const first = await accepted({ uniqueKeys: ['payment:1', 'link:a'] });
      const other = await harness.store.accept(newEntry({ uniqueKeys: ['payment:2', 'link:a'] }));
      expect(other).toEqual({ kind: 'conflict', entry: first, over: 'link:a' });
      expect((await harness.store.accept(newEntry({ uniqueKeys: ['payment:2'] }))).kind).toBe('accepted');
    });

    it('gives the stored entry to the same content under another key', async () => {
      const first = await accepted({ uniqueKeys: ['payment:1'], contentDigest: 'same' });
      const again = await harness.store.accept(
        newEntry({ uniqueKeys: ['payment:1'], contentDigest: 'same' }),
      );
      expect(again).toEqual({ kind: 'replayed', entry: first });
    });

    it('lets claims go on rejection, and only then', async () => {
      await accepted({ uniqueKeys: ['payment:1'] });
      await settle(await claimed(), rejected);
      await accepted({ uniqueKeys: ['payment:1'] });
      await settle(await claimed(), registered);
      expect((await harness.store.accept(newEntry({ uniqueKeys: ['payment:1'] }))).kind).toBe('conflict');
    });
  });
}
