import { describe, expect, it } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { nextDueInMs } from '../claim-due.fixture.js';
import { outage, registered, registration, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, samePayment, useStore } from './store-harness.fixture.js';

export function describeSettle(open: OpenStore): void {
  describe('settle', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;

    it('keeps the registration', async () => {
      const entry = await accepted();
      const outcome = await settle(await claimed(), registered);
      const stored = await harness.store.get('shop', entry.id);
      expect(outcome).toEqual({ kind: 'written', entry: stored });
      expect(stored).toMatchObject({ state: 'registered', registration, dueAt: null, reason: null });
      expect(stored?.providerDocumentId).toBe('document-1');
      expect(await claim()).toEqual([]);
      expect(await nextDueInMs(harness.store, 'memory')).toBeNull();
    });

    it.each([true, false])(
      'answers the entry as it is now, with the claimed one given: %s',
      async (given) => {
        const { id } = await accepted();
        const { entry, fence } = await claimed();
        const transition = waitsAfterOutage('accepted', dayMs);
        const outcome = await harness.store.settle({ id, fence, transition, ...(given && { entry }) });
        expect(outcome).toEqual({ kind: 'written', entry: await harness.store.get('shop', id) });
      },
    );

    it('keeps the reason and the count of failures, and the document id of an earlier step', async () => {
      const entry = await accepted();
      await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd-1' });
      await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 3, reason: outage });
      expect(await harness.store.get('shop', entry.id)).toMatchObject({
        state: 'pending',
        failures: 3,
        reason: outage,
        providerDocumentId: 'd-1',
      });
    });

    it('forgets when the first attempt began, where nothing that was sent was processed', async () => {
      const { id } = await accepted();
      const first = await claimed();
      expect(first.entry.firstAttemptAt).toEqual(first.claimedAt);
      await settle(first, { to: 'accepted', dueInMs: 0, failures: 1, unsent: true });
      const between = await harness.store.get('shop', id);
      expect(between).toMatchObject({ attempts: 1, firstAttemptAt: null });
      expect(between?.lastAttemptAt).toEqual(first.claimedAt);
      const second = await claimed();
      expect(second.entry.firstAttemptAt).toEqual(second.claimedAt);
      await settle(second, { to: 'accepted', dueInMs: 0, failures: 2 });
      const third = await claimed();
      expect(third.entry).toMatchObject({ attempts: 3, firstAttemptAt: second.claimedAt });
    });

    describe('with a new reference', () => {
      const body = new Uint8Array([0, 255, 7]);
      const reissued = (entry: Entry, number: number): Transition => ({
        to: 'accepted',
        dueInMs: 0,
        failures: 0,
        reason: { code: 'provider.failed', message: 'No register took it.' },
        unsent: true,
        reissue: { number, reference: `${entry.id}-${number + 1}`, body },
      });

      it('sends the new request from then on, and forgets the document of the one before', async () => {
        const entry = await accepted();
        await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd-1' });
        const outcome = await settle(await claimed(), reissued(entry, 1));
        const request = { ...entry.request, reference: `${entry.id}-2`, body };
        const stored = await harness.store.get('shop', entry.id);
        expect(outcome).toEqual({ kind: 'written', entry: stored });
        expect(stored).toMatchObject({
          state: 'accepted',
          reissues: 1,
          request,
          providerDocumentId: null,
          firstAttemptAt: null,
        });
        const second = await claimed();
        expect(second).toMatchObject({ step: 'submit', entry: { id: entry.id, reissues: 1, request } });
        const after = await settle(second, waitsAfterOutage('unknown', 0));
        expect(after).toMatchObject({ kind: 'written', entry: { reissues: 1, request } });
        expect((await claimed()).entry.request).toEqual(request);
      });

      it('counts every one, and sends the newest', async () => {
        const entry = await accepted();
        for (const number of [1, 2]) await settle(await claimed(), reissued(entry, number));
        expect(await harness.store.get('shop', entry.id)).toMatchObject({
          reissues: 2,
          request: { reference: `${entry.id}-3` },
        });
      });

      it('is written by the holder of the lease alone', async () => {
        const entry = await accepted();
        const claim = await claimed();
        const lost = { ...claim, fence: claim.fence - 1 };
        expect((await settle(lost, reissued(entry, 1))).kind).toBe('lease-lost');
        expect(await harness.store.get('shop', entry.id)).toMatchObject({
          state: 'sending',
          reissues: 0,
          request: { reference: entry.request.reference },
        });
      });
    });

    it('takes delays in fractions of a millisecond', async () => {
      await accepted();
      expect((await settle(await claimed(), waitsAfterOutage('accepted', 0.25))).kind).toBe('written');
    });

    it('makes due what waits after an outage, and nothing else', async () => {
      await accepted();
      await accepted();
      await accepted({ provider: 'another' });
      const [one, two] = await claim();
      const [other] = await claim({ provider: 'another' });
      if (!one || !two || !other) throw new Error('nothing was due');
      await settle(one, waitsAfterOutage('unknown', dayMs));
      await settle(two, { to: 'pending', dueInMs: dayMs, failures: 0, providerDocumentId: 'd' });
      await settle(other, waitsAfterOutage('accepted', dayMs));
      expect(await harness.store.makeDueNow('memory')).toBe(1);
      expect((await claim()).map(({ entry }) => entry.id)).toEqual([one.entry.id]);
      expect(await claim({ provider: 'another' })).toEqual([]);
    });

    it('knows the provider documents of other entries with the same ordering key', async () => {
      await accepted(samePayment('1'));
      await settle(await claimed(), registered);
      const second = await accepted(samePayment('1'));
      const elsewhere = await accepted(samePayment('2'));
      expect(await harness.store.boundDocumentIds(second)).toEqual(new Set(['document-1']));
      expect(await harness.store.boundDocumentIds(elsewhere)).toEqual(new Set());
      const claims = await claim();
      const ours = claims.find(({ entry }) => entry.id === second.id);
      if (!ours) throw new Error('nothing was due');
      await settle(ours, { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'document-2' });
      expect(await harness.store.boundDocumentIds(second)).toEqual(new Set(['document-1']));
    });
  });
}
