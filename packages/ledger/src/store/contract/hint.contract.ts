import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { hintedDetails } from '../../journal/details.js';
import { nextDueInMs } from '../claim-due.fixture.js';
import { outage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, samePayment, shortLeaseMs, useStore } from './store-harness.fixture.js';

const everyMs = 60_000;

export function describeHint(open: OpenStore): void {
  describe('hint', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;

    /** Returns an entry as it is after a first step with this result. */
    async function after(transition: Partial<Transition>): Promise<Entry> {
      const { id } = await accepted();
      const result = { to: 'pending', dueInMs: dayMs, failures: 3, ...transition } as const;
      const outcome = await settle(await claimed(), result);
      if (outcome.kind !== 'written') throw new Error(`the lease of ${id} is lost`);
      return outcome.entry;
    }

    const hint = ({ id, version }: Entry) => harness.store.hint({ id, version, everyMs });

    it.each(['pending', 'unknown'] as const)('makes what is %s due now', async (to) => {
      const waiting = await after({ to, reason: outage, providerDocumentId: 'd-1' });
      expect(await claim()).toEqual([]);
      expect(await hint(waiting)).toBe(true);
      const [next] = await claim();
      expect(next?.step).toBe(to === 'pending' ? 'poll' : 'find');
      expect(next?.entry).toMatchObject({
        id: waiting.id,
        state: to,
        reason: outage,
        version: waiting.version,
      });
    });

    it('counts the step for the one that it replaces, and no attempt', async () => {
      const waiting = await after({ failures: 3 });
      await hint(waiting);
      expect(await harness.store.entry(waiting.id)).toMatchObject({ failures: 2, attempts: 1 });
      const first = await after({ failures: 0 });
      await hint(first);
      expect(await harness.store.entry(first.id)).toMatchObject({ failures: 0 });
    });

    it('brings one step forward in an interval, and then the next one to its end', async () => {
      const waiting = await after({});
      expect(await hint(waiting)).toBe(true);
      expect(await hint(waiting)).toBe(false);
      await settle(await claimed(), { to: 'pending', dueInMs: dayMs, failures: 3 });
      expect(await hint(waiting)).toBe(true);
      expect(await claim()).toEqual([]);
      const dueInMs = await nextDueInMs(harness.store, 'memory');
      expect(dueInMs).toBeGreaterThan(everyMs / 2);
      expect(dueInMs).toBeLessThanOrEqual(everyMs);
      expect(await hint(waiting)).toBe(false);
    });

    it('makes nothing later than it is', async () => {
      const waiting = await after({ dueInMs: 0 });
      const before = await harness.store.entry(waiting.id);
      expect(await hint(waiting)).toBe(false);
      expect(await harness.store.entry(waiting.id)).toEqual(before);
    });

    it.each([
      { to: 'accepted' },
      { to: 'parked', dueInMs: null },
      { to: 'rejected', dueInMs: null },
    ] as const)('leaves what is $to alone', async (transition) => {
      const waiting = await after(transition);
      expect(await hint(waiting)).toBe(false);
      expect(await harness.store.entry(waiting.id)).toEqual(waiting);
    });

    it('leaves alone what a worker holds, what has changed since, and what is not there', async () => {
      const { id, version } = await accepted();
      await claimed();
      expect(await harness.store.hint({ id, version: version + 1, everyMs })).toBe(false);
      const waiting = await after({ dueInMs: 0 });
      await claimed();
      expect(await hint(waiting)).toBe(false);
      const changed = await after({});
      expect(await hint({ ...changed, version: changed.version - 1 })).toBe(false);
      expect(await hint({ ...changed, id: 'nobody' })).toBe(false);
    });

    it('leaves to its worker what has outlasted its lease: it may still write', async () => {
      await after({ to: 'unknown', reason: outage, dueInMs: 0 });
      const late = await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      const { id, version } = late.entry;
      const document = { providerDocumentId: 'd-7', details: hintedDetails('d-7', outage.code) };
      expect(await harness.store.hint({ id, version, everyMs, document })).toBe(false);
      await settle(late, { to: 'accepted', dueInMs: 0, failures: 0 });
      expect(await harness.store.entry(id)).toMatchObject({ state: 'accepted', providerDocumentId: null });
    });

    it('lets nothing pass that waits behind it', async () => {
      const first = await accepted(samePayment('7'));
      const second = await accepted(samePayment('7'));
      await settle(await claimed(), { to: 'pending', dueInMs: dayMs, failures: 0 });
      const pending = await harness.store.entry(first.id);
      expect(await hint(second)).toBe(false);
      expect(pending && (await hint(pending))).toBe(true);
      expect((await claim()).map(({ entry }) => entry.id)).toEqual([first.id]);
    });

    it('keeps a proven document, with its row in the journal, unless there is one', async () => {
      const waiting = await after({ to: 'unknown', reason: outage });
      const document = { providerDocumentId: 'd-7', details: hintedDetails('d-7', outage.code) };
      const { id, version } = waiting;
      expect(await harness.store.hint({ id, version, everyMs, document })).toBe(true);
      const kept = await harness.store.entry(id);
      expect(kept).toMatchObject({
        state: 'unknown',
        providerDocumentId: 'd-7',
        reason: outage,
        version: version + 1,
        changedAt: waiting.changedAt,
      });
      expect((await harness.store.journal(id)).at(-1)).toMatchObject({
        version: version + 1,
        from: 'unknown',
        to: 'unknown',
        details: document.details,
      });
      const other = { providerDocumentId: 'd-8', details: hintedDetails('d-8', outage.code) };
      await harness.store.hint({ id, version: version + 1, everyMs, document: other });
      expect(await harness.store.entry(id)).toMatchObject({
        providerDocumentId: 'd-7',
        version: version + 1,
      });
    });
  });
}
