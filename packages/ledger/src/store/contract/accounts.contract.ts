import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { HoldQuery } from '../ledger-store.js';
import { registered, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, longLeaseMs, type OpenStore, shortLeaseMs, useStore } from './store-harness.fixture.js';

const query = { provider: 'memory', leaseMs: longLeaseMs, worker: 'one' };
const reason = { code: 'provider.account-changed', message: 'Another now.' };
const held: HoldQuery = {
  provider: 'memory',
  account: 'old',
  merchant: 'shop',
  moveTo: null,
  moves: 'unsent',
  reason,
  dueForMs: null,
  limit: 100,
};

export function describeAccounts(open: OpenStore): void {
  describe('accounts', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;

    async function journalOf(id: string): Promise<unknown[]> {
      return (await harness.store.journal(id)).map(({ from, to, details }) => [
        from,
        to,
        JSON.parse(details),
      ]);
    }

    it('hands out entries of the accounts and merchants that are asked for, as many as of each', async () => {
      for (const account of ['a', 'a', 'a', 'b', 'c']) await accepted({ account });
      await accepted({ account: 'a', merchant: 'other' });
      const shares = [
        { account: 'a', merchant: 'shop', limit: 2 },
        { account: 'b', merchant: 'shop', limit: 2 },
        { account: 'nobody', merchant: 'shop', limit: 2 },
      ];
      const claims = await harness.store.claim({ ...query, shares });
      expect(claims.map(({ entry }) => entry.account)).toEqual(['a', 'a', 'b']);
      expect(await harness.store.claim({ ...query, shares: [] })).toEqual([]);
      const merchants = (await claim()).map(({ entry }) => [entry.account, entry.merchant]);
      expect(merchants.sort()).toEqual([
        ['a', 'other'],
        ['a', 'shop'],
        ['c', 'shop'],
      ]);
    });

    it('tells of each account and merchant when something is due', async () => {
      expect(await harness.store.waiting('memory')).toEqual([]);
      await accepted({ account: 'a' });
      await settle(await claimed(), waitsAfterOutage('accepted', dayMs));
      await accepted({ account: 'b' });
      await accepted({ account: 'b' });
      await accepted({ account: 'b', merchant: 'other' });
      await accepted({ account: 'b', provider: 'another' });
      const waits = await harness.store.waiting('memory');
      expect(waits.map(({ account, merchant }) => [account, merchant])).toEqual([
        ['a', 'shop'],
        ['b', 'other'],
        ['b', 'shop'],
      ]);
      expect(waits.map(({ dueInMs }) => Math.round(dueInMs / dayMs))).toEqual([1, 0, 0]);
      const names = [
        { account: 'b', merchant: 'shop' },
        { account: 'c', merchant: 'shop' },
      ];
      expect(await harness.store.waiting('memory', names)).toEqual([
        { account: 'b', merchant: 'shop', dueInMs: 0 },
      ]);
      expect(await harness.store.waiting('memory', [])).toEqual([]);
    });

    it('makes due what waits for some accounts only', async () => {
      for (const account of ['a', 'b']) await accepted({ account });
      for (const each of await claim()) await settle(each, waitsAfterOutage('unknown', dayMs));
      expect(await harness.store.makeDueNow('memory', [])).toBe(0);
      expect(await harness.store.makeDueNow('memory', ['b', 'c'])).toBe(1);
      expect((await claim()).map(({ entry }) => entry.account)).toEqual(['b']);
    });

    it('gives a reason to wait once, without an attempt', async () => {
      const { id } = await accepted({ account: 'old' });
      await accepted({ account: 'old', merchant: 'other' });
      expect(await harness.store.holdAccount(held)).toEqual({ moved: 0, held: 1 });
      expect(await harness.store.holdAccount(held)).toEqual({ moved: 0, held: 0 });
      expect(await harness.store.get('shop', id)).toMatchObject({
        state: 'accepted',
        reason,
        attempts: 0,
        firstAttemptAt: null,
      });
      expect((await journalOf(id)).slice(1)).toEqual([['accepted', 'accepted', { reason: reason.code }]]);
      expect(
        (await harness.store.stuck({ olderThanMs: dayMs, offset: 0, limit: 9 })).map((entry) => entry.id),
      ).toEqual([id]);
      await settle(await claimed(), registered);
    });

    it('changes no more entries than asked, and only those that have been due for so long', async () => {
      for (let count = 0; count < 3; count += 1) await accepted({ account: 'old' });
      expect(await harness.store.holdAccount({ ...held, dueForMs: 60_000 })).toEqual({ moved: 0, held: 0 });
      expect(await harness.store.holdAccount({ ...held, limit: 2 })).toEqual({ moved: 0, held: 2 });
      expect(await harness.store.holdAccount({ ...held, limit: 2 })).toEqual({ moved: 0, held: 1 });
    });

    it('leaves alone what a worker holds', async () => {
      await accepted({ account: 'old' });
      await claimed();
      expect(await harness.store.holdAccount(held)).toEqual({ moved: 0, held: 0 });
    });

    it('makes unknown what a worker was sending that vanished', async () => {
      const { id } = await accepted({ account: 'old' });
      await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      expect(await harness.store.holdAccount(held)).toEqual({ moved: 0, held: 1 });
      expect(await harness.store.get('shop', id)).toMatchObject({ state: 'unknown', reason, attempts: 1 });
      expect((await journalOf(id)).map((row) => Object(row)[1])).toEqual([
        'accepted',
        'sending',
        'unknown',
        'unknown',
      ]);
    });

    it('moves what was never sent, and holds the rest', async () => {
      const sent = await accepted({ account: 'old' });
      await settle(await claimed(), waitsAfterOutage('accepted', 0));
      const unsent = await accepted({ account: 'old' });
      expect(await harness.store.holdAccount({ ...held, moveTo: 'new' })).toEqual({ moved: 1, held: 1 });
      expect(await harness.store.get('shop', sent.id)).toMatchObject({ account: 'old', reason });
      expect(await harness.store.get('shop', unsent.id)).toMatchObject({ account: 'new', reason: null });
      expect((await journalOf(unsent.id)).slice(1)).toEqual([['accepted', 'accepted', { account: 'new' }]]);
      expect(await harness.store.holdAccount({ ...held, moveTo: 'new', moves: 'all' })).toEqual({
        moved: 1,
        held: 0,
      });
      const names = [{ account: 'new', merchant: 'shop' }];
      expect((await claim({ names })).map(({ entry }) => entry.account)).toEqual(['new', 'new']);
    });

    it('forgets neither while it holds nor while it moves that the provider called a document done', async () => {
      const { id } = await accepted({ account: 'old' });
      const done = { code: 'provider.unreadable', message: 'It shows no mark.', calledDone: true };
      await settle(await claimed(), {
        to: 'pending',
        dueInMs: 0,
        failures: 1,
        reason: done,
        providerDocumentId: 'd',
      });
      await harness.store.holdAccount({ ...held, moveTo: 'new', moves: 'all' });
      expect(await harness.store.entry(id)).toMatchObject({ account: 'new', reason: done });
      await harness.store.holdAccount({ ...held, account: 'new' });
      expect(await harness.store.entry(id)).toMatchObject({ reason: { ...reason, calledDone: true } });
    });

    it('forgets neither a doubt nor that an earlier attempt was never found out', async () => {
      const repeated = await accepted({ account: 'old' });
      const doubtful = await accepted({ account: 'old' });
      const repeat = { code: 'provider.timeout', message: 'Nothing came.', earlierUnknown: true };
      const doubt = { code: 'provider.doubtful', message: 'It could be this one.' };
      for (const each of await claim()) {
        const why = each.entry.id === repeated.id ? repeat : doubt;
        await settle(each, { to: 'unknown', dueInMs: 0, failures: 1, reason: why });
      }
      expect(await harness.store.holdAccount(held)).toEqual({ moved: 0, held: 1 });
      expect(await harness.store.entry(repeated.id)).toMatchObject({
        reason: { ...reason, earlierUnknown: true },
      });
      expect(await harness.store.entry(doubtful.id)).toMatchObject({ reason: doubt });
      expect(await harness.store.holdAccount(held)).toEqual({ moved: 0, held: 0 });
      await harness.store.holdAccount({ ...held, moveTo: 'new', moves: 'all' });
      expect(await harness.store.entry(repeated.id)).toMatchObject({
        account: 'new',
        reason: { code: 'ledger.sent-again', earlierUnknown: true },
      });
      expect(await harness.store.entry(doubtful.id)).toMatchObject({ account: 'new', reason: doubt });
    });

    it('remembers of a worker that vanished while it sent again that it did', async () => {
      const { id } = await accepted({ account: 'old' });
      await settle(await claimed(), waitsAfterOutage('accepted', 0));
      await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      await harness.store.holdAccount(held);
      expect(await harness.store.entry(id)).toMatchObject({
        state: 'unknown',
        attempts: 2,
        reason: { ...reason, earlierUnknown: true },
      });
    });

    it('takes nothing for never sent that an earlier life of a restored ledger may have sent', async () => {
      await accepted({ account: 'old' });
      const [since, until] = [new Date(Date.now() - dayMs), new Date(Date.now() + dayMs)];
      await harness.store.declareRestored({ since, until });
      expect(await harness.store.holdAccount({ ...held, moveTo: 'new' })).toEqual({ moved: 0, held: 1 });
    });

    it('lists what is not final of an account, page by page, and moves it by a decision', async () => {
      const entries = [];
      for (let count = 0; count < 3; count += 1) entries.push(await accepted({ account: 'old' }));
      await accepted({ account: 'new' });
      await accepted({ account: 'old', merchant: 'other' });
      const whose = { account: 'old', merchant: 'shop', limit: 2 };
      const first = await harness.store.unfinishedOf(whose);
      const [, after] = first;
      if (!after) throw new Error('the page is too short');
      const pages = [...first, ...(await harness.store.unfinishedOf({ ...whose, after }))];
      expect(pages.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
      expect(await harness.store.unfinishedOf({ account: 'old', limit: 9 })).toHaveLength(4);
      const { id, version } = after;
      const transition = { to: 'accepted', dueInMs: 0, failures: 0 } as const;
      await harness.store.intervene({
        id,
        version,
        transition,
        account: 'new',
        details: '{"account":"new"}',
      });
      expect((await harness.store.entry(id))?.account).toBe('new');
    });
  });
}
