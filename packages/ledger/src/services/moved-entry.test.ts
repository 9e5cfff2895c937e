import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import type { Entry } from '../entry/entry.js';
import { firstBrokenRow } from '../journal/journal-row.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const there = `:${merchant}@memory:other`;

let harness: LedgerHarness;
let first: ScriptedProvider;
let other: ScriptedProvider;

beforeEach(() => {
  first = new ScriptedProvider('first');
  other = new ScriptedProvider('other');
  other.account = { address: 'memory:other', merchantId: null };
  const narrow = new ScriptedProvider('narrow', { formats: ['uz_1_0'] });
  narrow.account = { address: 'memory:narrow', merchantId: null };
  harness = openLedger({ providers: [first, other, narrow] });
});
afterEach(() => harness.close());

const move = (id: string, account = there) =>
  harness.ledger.interventions.move({ id, by: 'vera', reason: 'The register is broken.', account });

async function create(): Promise<string> {
  const { receipt } = await harness.ledger.receipts.create({ merchant, receipt: sampleReceipt() });
  return receipt.receipt_id;
}

async function entryOf(id: string): Promise<Entry> {
  const entry = await harness.store.entry(id);
  if (!entry) throw new Error('the entry is gone');
  return entry;
}

const reaches = (id: string, holds: (entry: Entry) => boolean) =>
  vi.waitUntil(async () => holds(await entryOf(id)), { timeout: 5_000, interval: 5 });

describe('a document that nobody has processed', () => {
  it('goes to another account of the merchant, frozen anew, and is registered there alone', async () => {
    const id = await create();
    const moved = await move(id);
    expect(moved).toMatchObject({ provider: 'other', account: there, state: 'accepted' });
    expect(await entryOf(id)).toMatchObject({ state: 'rejected', reason: { code: 'intervention.moved' } });
    await harness.ledger.start();
    await reaches(moved.id, ({ state }) => state === 'registered');
    expect([first.documents.length, other.documents.length]).toEqual([0, 1]);
    const history = await harness.ledger.interventions.history(id);
    expect(history?.supersededBy).toBe(moved.id);
    const details = history?.journal.map((row) => JSON.parse(row.details)) ?? [];
    expect(details.slice(1)).toMatchObject([
      { action: 'resolve', account: there, by: 'vera', reason: 'The register is broken.' },
      { action: 'resubmit', by: 'vera', successor: moved.id },
    ]);
    for (const each of [id, moved.id]) {
      expect(firstBrokenRow(await harness.store.journal(each))).toBeNull();
    }
  });

  it('answers its newest version to a repeat of the caller', async () => {
    const id = await create();
    const moved = await move(id);
    expect(await create()).toBe(moved.id);
  });

  it.each(['unauthorized', 'down'] as const)('may have been refused as %s before', async (kind) => {
    first.usually = { kind };
    await harness.ledger.start();
    const id = await create();
    await reaches(id, ({ state, attempts }) => state === 'accepted' && attempts > 0);
    await harness.ledger.stop();
    const moved = await move(id);
    expect([moved.account, first.documents.length]).toEqual([there, 0]);
  });

  it('may have been parked', async () => {
    const id = await create();
    await harness.ledger.interventions.park({ id, by: 'vera', reason: 'Wait.' });
    expect(await move(id)).toMatchObject({ account: there });
  });

  it('is moved once, however often it is said, and finishes what was interrupted', async () => {
    const id = await create();
    const accept = vi.spyOn(harness.store, 'accept').mockRejectedValueOnce(new Error('the process ends'));
    await expect(move(id)).rejects.toThrow('the process ends');
    accept.mockRestore();
    expect(await entryOf(id)).toMatchObject({ state: 'rejected' });
    const moved = await move(id);
    expect((await move(id)).id).toBe(moved.id);
  });
});

describe('a move is refused', () => {
  it.each(['lost', 'unsent'] as const)(
    'where an attempt was %s and may have been processed',
    async (kind) => {
      first.script.push({ kind });
      vi.spyOn(first, 'find').mockResolvedValue({
        kind: 'unknown',
        reason: { code: 'provider.timeout', message: 'Nothing came.' },
      });
      await harness.ledger.start();
      const id = await create();
      await reaches(id, ({ state }) => state === 'unknown');
      await expect(move(id)).rejects.toMatchObject({
        code: expect.stringMatching(/^entry\.(?:state|busy)$/),
      });
      await harness.ledger.stop();
      await harness.ledger.interventions.park({ id, by: 'vera', reason: 'Wait.' });
      await expect(move(id)).rejects.toMatchObject({ code: 'entry.state' });
      expect(other.documents).toEqual([]);
    },
  );

  it('where it was registered, or is at the account already', async () => {
    const waiting = await create();
    await expect(move(waiting, `:${merchant}@memory:`)).rejects.toMatchObject({ code: 'entry.state' });
    await harness.ledger.start();
    await reaches(waiting, ({ state }) => state === 'registered');
    await expect(move(waiting)).rejects.toMatchObject({ code: 'entry.state' });
  });

  it('where the merchant has no such account, or it takes no such document; nothing is changed', async () => {
    const id = await create();
    const before = await entryOf(id);
    await expect(move(id, 'nobody')).rejects.toMatchObject({
      code: 'account.unknown',
      message: expect.stringContaining(there),
    });
    await expect(move(id, `:${merchant}@memory:narrow`)).rejects.toMatchObject({
      code: 'provider.unsupported',
    });
    expect(await entryOf(id)).toEqual(before);
  });

  it('where an earlier life of a restored ledger may have sent it', async () => {
    const id = await create();
    const now = Date.now();
    const accepted = (await entryOf(id)).acceptedAt.getTime();
    const window = { since: new Date(accepted - 1_000), until: new Date(Math.max(accepted, now) + 60_000) };
    await harness.store.declareRestored(window);
    await expect(move(id)).rejects.toMatchObject({ code: 'entry.state' });
  });

  it('where it may have sent it, also when the time of repeats is over, until a search shows that it is absent', async () => {
    const id = await create();
    const accepted = (await entryOf(id)).acceptedAt.getTime();
    await delay(5);
    await harness.store.declareRestored({ since: new Date(accepted - 1_000), until: new Date(accepted + 1) });
    await expect(move(id)).rejects.toMatchObject({ code: 'entry.state' });
    const shares = [{ account: `:${merchant}@memory:`, merchant, limit: 1 }];
    const [search] = await harness.store.claim({
      provider: 'first',
      shares,
      leaseMs: 30_000,
      worker: 'search',
    });
    const absent = { to: 'accepted', dueInMs: 0, failures: 0 } as const;
    await harness.store.settle({ id, fence: search?.fence ?? 0, transition: absent });
    expect(search?.step).toBe('find');
    expect(await move(id)).toMatchObject({ account: there });
  });
});
