import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { firstBrokenRow } from '../../journal/journal-row.js';
import { outage, registered } from './sample-transitions.fixture.js';
import { type OpenStore, shortLeaseMs, useStore } from './store-harness.fixture.js';

export function describeJournal(open: OpenStore): void {
  describe('the journal', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;

    it('has a row for every transition, chained', async () => {
      const entry = await accepted();
      await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      await settle(await claimed(), { to: 'accepted', dueInMs: 0, failures: 1 });
      await settle(await claimed(), registered);
      const rows = await harness.store.journal(entry.id);
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
      const rows = await harness.store.journal(entry.id);
      expect(rows.map(({ to }) => to)).toEqual(['accepted', 'sending', 'pending', 'pending']);
      expect(firstBrokenRow(rows)).toBeNull();
    });

    it('says which document the provider speaks of, each time that it is another', async () => {
      const entry = await accepted();
      for (const providerDocumentId of ['a', 'a', 'b']) {
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId });
      }
      const rows = await harness.store.journal(entry.id);
      expect(rows.map(({ details }) => JSON.parse(details).provider_document)).toEqual([
        undefined,
        undefined,
        'a',
        'b',
      ]);
    });

    it('says which request takes the place of another, and what it is', async () => {
      const entry = await accepted();
      for (const number of [1, 2]) {
        const reissue = { number, reference: `${entry.id}-${number + 1}`, body: new Uint8Array([number]) };
        await settle(await claimed(), { to: 'accepted', dueInMs: 0, failures: 0, unsent: true, reissue });
      }
      const rows = await harness.store.journal(entry.id);
      const noted = rows.map(({ details }) => JSON.parse(details)).filter(({ reissue }) => reissue);
      expect(noted).toMatchObject([{ reissue: 1 }, { reissue: 2 }]);
      const digests = noted.map(({ reissue_digest }) => reissue_digest);
      expect(digests).toEqual([expect.stringMatching(/^[\da-f]{64}$/), expect.any(String)]);
      expect(digests[0]).not.toBe(digests[1]);
    });

    it('names workers, fences and digests, and holds no document', async () => {
      const entry = await accepted();
      await settle(await claimed({ worker: 'worker-7' }), registered);
      const rows = await harness.store.journal(entry.id);
      const [acceptance, sending, done] = rows.map(({ details }) => JSON.parse(details));
      expect(acceptance).toMatchObject({ request_digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(sending).toMatchObject({ worker: 'worker-7', fence: 1, attempt: 1 });
      expect(done).toMatchObject({ worker: 'worker-7', fence: 1, provider_document: 'document-1' });
      expect(JSON.stringify(rows)).not.toContain('Tea');
    });

    it('is sealed in blocks that follow each other', async () => {
      expect(await harness.store.seal()).toBeNull();
      await accepted();
      const first = await harness.store.seal();
      await claimed();
      await accepted();
      const second = await harness.store.seal();
      expect(await harness.store.seal()).toBeNull();
      if (!first || !second) throw new Error('nothing was sealed');
      expect(second.number).toBeGreaterThan(first.number);
      expect([first.firstPosition, first.lastPosition, first.rows]).toEqual([1, 1, 1]);
      expect(second.firstPosition).toBeGreaterThan(first.lastPosition);
      expect(second.lastPosition).toBe(3);
      expect(second.hash).not.toBe(first.hash);
    });
  });
}
