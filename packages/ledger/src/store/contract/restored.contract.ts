import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { firstBrokenRow } from '../../journal/journal-row.js';
import type { Claim } from '../ledger-store.js';
import { registered, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, samePayment, shortLeaseMs, useStore } from './store-harness.fixture.js';

const hourMs = 3_600_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);

export function describeRestored(open: OpenStore): void {
  describe('a restored ledger', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;
    const declare = (since = ago(hourMs), until = ago(-hourMs)) =>
      harness.store.declareRestored({ since, until });

    function steps(claims: readonly Claim[]): Record<string, string> {
      return Object.fromEntries(claims.map(({ entry, step }) => [entry.id, step]));
    }

    it('looks for a document before it sends it for the first time', async () => {
      const since = ago(hourMs);
      const before = await accepted();
      await declare(since);
      const after = await accepted();
      const claims = await claim();
      expect(steps(claims)).toEqual({ [before.id]: 'find', [after.id]: 'find' });
      for (const { entry, claimedAt } of claims) {
        expect(entry).toMatchObject({
          state: 'unknown',
          attempts: 0,
          firstAttemptAt: since,
          reason: { code: 'ledger.restored' },
        });
        expect(entry.lastAttemptAt?.getTime()).toBeLessThanOrEqual(claimedAt.getTime());
        expect(entry.lastAttemptAt?.getTime()).toBeGreaterThanOrEqual(before.acceptedAt.getTime());
      }
    });

    it('writes that into the journal, and holds the entry as after any claim', async () => {
      await declare();
      const { id } = await accepted();
      const held = await claimed();
      expect(await claim()).toEqual([]);
      expect(await harness.store.entry(id)).toEqual(held.entry);
      expect((await settle(held, registered)).kind).toBe('written');
      const rows = await harness.store.journal(id);
      expect(rows.map(({ from, to, details }) => [from, to, JSON.parse(details).reason])).toEqual([
        [null, 'accepted', undefined],
        ['accepted', 'unknown', 'ledger.restored'],
        ['unknown', 'registered', undefined],
      ]);
      expect(firstBrokenRow(rows)).toBeNull();
    });

    it('sends what was not found, and that without another look', async () => {
      await declare();
      const { id } = await accepted();
      await settle(await claimed(), { to: 'accepted', dueInMs: 0, failures: 0 });
      const sent = await claimed();
      expect(sent).toMatchObject({ step: 'submit', entry: { id, attempts: 1 } });
      await settle(sent, waitsAfterOutage('accepted', 0));
      expect(await claimed()).toMatchObject({ step: 'submit', entry: { id, attempts: 2 } });
    });

    it('looks for what it had sent before it was copied, from its first attempt on', async () => {
      const { id } = await accepted();
      await settle(await claimed(), waitsAfterOutage('accepted', 0));
      const before = await harness.store.entry(id);
      await delay(2);
      await declare(new Date(Date.now() - 1));
      const found = await claimed();
      expect(found).toMatchObject({ step: 'find', entry: { attempts: 1 } });
      expect(found.entry.firstAttemptAt).toEqual(before?.firstAttemptAt);
    });

    it('believes the absence of what was parked, once it had been sent, only after the declaration too', async () => {
      const sent = await accepted();
      await settle(await claimed(), waitsAfterOutage('unknown', dayMs));
      const unsent = await accepted();
      for (const { id } of [sent, unsent]) {
        const version = (await harness.store.entry(id))?.version ?? 0;
        const transition = { to: 'parked', dueInMs: null, failures: 0 } as const;
        await harness.store.intervene({ id, version, transition, details: '{}' });
      }
      const declaredFrom = Date.now();
      await declare();
      const sentAt = (await harness.store.entry(sent.id))?.lastAttemptAt?.getTime();
      expect(sentAt).toBeGreaterThanOrEqual(declaredFrom);
      expect((await harness.store.entry(unsent.id))?.lastAttemptAt).toBeNull();
    });

    it('takes no result of a worker that held the entry in the ledger that was lost', async () => {
      await accepted();
      const lost = await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      await declare();
      const found = await claimed();
      expect(found.fence).toBeGreaterThan(lost.fence + 1_000);
      expect(await settle(lost, registered)).toEqual({ kind: 'lease-lost' });
      expect((await settle(found, registered)).kind).toBe('written');
    });

    it('remembers that an earlier attempt was never found out', async () => {
      await accepted();
      const repeat = { code: 'provider.timeout', message: 'Nothing came.', earlierUnknown: true };
      await settle(await claimed(), { to: 'accepted', dueInMs: 0, failures: 1, reason: repeat });
      await delay(2);
      await declare();
      expect(await claimed()).toMatchObject({
        step: 'find',
        entry: { reason: { code: 'ledger.restored', earlierUnknown: true } },
      });
    });

    it('tells until when it looks before it sends', async () => {
      const until = async () => (await harness.store.figures(0, 0)).restoredUntil;
      expect(await until()).toBeNull();
      await declare(ago(2 * hourMs), ago(hourMs));
      expect(await until()).toBeNull();
      const latest = ago(-2 * hourMs);
      await declare(ago(hourMs), latest);
      await declare();
      expect(await until()).toEqual(latest);
    });

    it('tells what was declared, also when the time of repeats is over', async () => {
      expect(await harness.store.restored()).toBeNull();
      const [since, until] = [ago(2 * hourMs), ago(hourMs)];
      await declare(since, until);
      const first = await harness.store.restored();
      expect(first).toEqual({ declaredAt: expect.any(Date), since, until });
      await delay(2);
      await declare(ago(1.5 * hourMs), ago(1.2 * hourMs));
      const widest = await harness.store.restored();
      expect(widest).toEqual({ declaredAt: expect.any(Date), since, until });
      expect(widest?.declaredAt.getTime()).toBeGreaterThan(first?.declaredAt.getTime() ?? 0);
    });

    it('sends at once what was accepted after the time of repeats', async () => {
      await declare(ago(2 * hourMs), ago(hourMs));
      await accepted();
      expect(await claimed()).toMatchObject({ step: 'submit', entry: { state: 'sending', attempts: 1 } });
    });

    it('keeps the order of a payment', async () => {
      const sale = await accepted(samePayment('1'));
      const refund = await accepted(samePayment('1'));
      await declare();
      const first = await claimed();
      expect(first).toMatchObject({ step: 'find', entry: { id: sale.id } });
      expect(await claim()).toEqual([]);
      expect((await harness.store.entry(refund.id))?.state).toBe('accepted');
      await settle(first, registered);
      expect(await claimed()).toMatchObject({ step: 'find', entry: { id: refund.id } });
    });

    it('takes no more than asked, and only from the provider', async () => {
      await declare();
      for (let count = 0; count < 3; count += 1) await accepted();
      const another = await accepted({ provider: 'another' });
      expect(await claim({ limit: 2 })).toHaveLength(2);
      expect((await harness.store.figures(0, 0)).byState).toMatchObject({ unknown: 2, accepted: 2 });
      expect(steps(await claim({ provider: 'another' }))).toEqual({ [another.id]: 'find' });
    });

    it('believes the absence of what was unknown already only after the declaration', async () => {
      const unknown = await accepted();
      await settle(await claimed(), waitsAfterOutage('unknown', dayMs));
      const sending = await accepted();
      await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      const declaredFrom = Date.now();
      await declare();
      for (const { id } of [unknown, sending]) {
        const entry = await harness.store.entry(id);
        expect(entry?.lastAttemptAt?.getTime()).toBeGreaterThanOrEqual(declaredFrom);
      }
      expect(steps(await claim())).toEqual({ [sending.id]: 'find' });
    });

    it('asks about what is pending, as ever', async () => {
      await accepted();
      await settle(await claimed(), { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd' });
      await declare();
      expect(await claimed()).toMatchObject({ step: 'poll', entry: { state: 'pending' } });
    });

    it('declared twice, minds the widest time, and looks again', async () => {
      const since = ago(2 * hourMs);
      await declare(since);
      await accepted();
      await settle(await claimed(), { to: 'accepted', dueInMs: 0, failures: 0 });
      await delay(2);
      await declare(ago(hourMs), ago(hourMs / 2));
      expect(await claimed()).toMatchObject({ step: 'find', entry: { firstAttemptAt: since } });
    });

    it.each([
      ['ends before it begins', ago(0), ago(1)],
      ['has no end', ago(0), new Date(Number.NaN)],
    ])('is not declared for a time that %s', async (_name, since, until) => {
      await expect(declare(since, until)).rejects.toMatchObject({ code: 'restore.window', retryable: false });
      await accepted();
      expect((await claimed()).step).toBe('submit');
    });
  });
}
