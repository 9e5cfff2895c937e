import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { type LedgerHarness, openLedger, testMerchant } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const { id: merchant } = testMerchant;
const feed = { keepMs: 86_400_000, waitsPerMerchant: 2, waits: 3 };
let harness: LedgerHarness;

afterEach(() => harness.close());

function open(settings: Parameters<typeof openLedger>[1] = { feed }): LedgerHarness['ledger'] {
  harness = openLedger({}, settings);
  return harness.ledger;
}

async function create(key: string, whose = merchant): Promise<string> {
  const { receipt } = await harness.ledger.receipts.create({
    merchant: whose,
    receipt: sampleReceipt({ payment_id: key }),
    idempotencyKey: key,
  });
  return receipt.receipt_id;
}

async function registered(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await create(`order-${index}`));
  for (const id of ids) await harness.ledger.receipts.waitFor({ merchant, id, timeoutMs: 10_000 });
  return ids;
}

describe('the feed of events', () => {
  it('is off unless it is switched on', async () => {
    const ledger = open({});
    await ledger.start();
    await expect(ledger.feed.after({ merchant })).rejects.toMatchObject({ code: 'events.off' });
  });

  it('tries the log again with growing delays while the store fails', async () => {
    const ledger = open();
    await ledger.start();
    const place = vi.spyOn(harness.store.eventLog, 'place').mockImplementation(async () => {
      await delay(1);
      throw new Error('no disk');
    });
    await create('order-1');
    await delay(600);
    expect(place.mock.calls.length).toBeLessThan(10);
    place.mockRestore();
    await vi.waitUntil(async () => (await ledger.feed.after({ merchant })).events.length > 0, 5_000);
  });

  it("shows a merchant's events from the first, in pages that follow each other", async () => {
    const ledger = open();
    await ledger.start();
    const ids = await registered(3);
    await create('of-another', 'other');
    const seen = [];
    let after: string | undefined;
    for (let more = true; more; ) {
      const page = await ledger.feed.after({ merchant, after, limit: 4 });
      seen.push(...page.events);
      ({ cursor: after, more } = page);
    }
    expect(seen).toHaveLength(6);
    for (const id of ids) {
      const types = seen.filter(({ data }) => data.receipt_id === id).map(({ type }) => type);
      expect(types).toEqual(['receipt.accepted', 'receipt.registered']);
    }
    expect(seen.find(({ type }) => type === 'receipt.registered')).toEqual({
      id: expect.stringMatching(/^[\w-]+:\d+:receipt-registered$/),
      type: 'receipt.registered',
      timestamp: expect.stringMatching(/Z$/),
      cursor: expect.any(String),
      data: {
        receipt_id: expect.any(String),
        payment_id: expect.any(String),
        operation: 'receipt',
        operation_type: 'sell',
        status: 'registered',
        mark: null,
        link: null,
        reason: null,
      },
    });
    // Each event's own cursor leads to the one behind it.
    const second = await ledger.feed.after({ merchant, after: seen[1]?.cursor, limit: 1 });
    expect(second.events[0]?.id).toBe(seen[2]?.id);
    expect(await ledger.feed.after({ merchant, after })).toEqual({ events: [], cursor: after, more: false });
    expect((await ledger.feed.after({ merchant: 'other' })).events).toHaveLength(1);
  });

  it('takes a cursor from before a restart', async () => {
    const store = createSqliteStore({ path: ':memory:' });
    const ledger = open({ feed, store });
    await ledger.start();
    await registered(1);
    const { cursor } = await ledger.feed.after({ merchant });
    await ledger.stop({ graceMs: 100 });
    const again = open({ feed, store });
    await again.start();
    const id = await create('after-the-restart');
    const { events } = await again.feed.after({ merchant, after: cursor });
    expect(events.map(({ data }) => data.receipt_id)).toContain(id);
    expect(new Set(events.map(({ data }) => data.receipt_id)).size).toBe(1);
  });

  it.each(['', 'x', 'MS4x', `${'A'.repeat(5_000)}`, 5, {}])(
    'refuses what is no cursor: %.20s',
    async (after) => {
      const ledger = open();
      await expect(ledger.feed.after({ merchant, ...Object({ after }) })).rejects.toMatchObject({
        code: 'events.cursor',
      });
    },
  );

  it('takes null for no cursor, as a database has it', async () => {
    const ledger = open();
    expect((await ledger.feed.after({ merchant, ...Object({ after: null }) })).events).toEqual([]);
  });

  it("refuses another merchant's cursor, and one with a letter changed", async () => {
    const ledger = open();
    await create('first');
    const { cursor } = await ledger.feed.after({ merchant });
    await expect(ledger.feed.after({ merchant: 'other', after: cursor })).rejects.toMatchObject({
      code: 'events.cursor',
    });
    const letter = cursor.at(6) === 'A' ? 'B' : 'A';
    const changed = `${cursor.slice(0, 6)}${letter}${cursor.slice(7)}`;
    await expect(ledger.feed.after({ merchant, after: changed })).rejects.toMatchObject({
      code: 'events.cursor',
    });
  });

  it.each([0, 1_001, 1.5, Number.NaN])('refuses a limit of %s', async (limit) => {
    const ledger = open();
    await expect(ledger.feed.after({ merchant, limit })).rejects.toMatchObject({ code: 'events.limit' });
  });

  it('says that events are gone, and never passes them over', async () => {
    const ledger = open();
    await ledger.feed.after({ merchant });
    await create('first');
    const { cursor: old } = await ledger.feed.after({ merchant });
    await create('second');
    await create('third');
    await harness.store.eventLog.forget(-1_000);
    await expect(ledger.feed.after({ merchant, after: old })).rejects.toMatchObject({
      code: 'events.gone',
      retryable: false,
    });
    const { events, cursor } = await ledger.feed.after({ merchant });
    expect(events).toEqual([]);
    await create('fourth');
    expect((await ledger.feed.after({ merchant, after: cursor })).events).toHaveLength(1);
    await expect(ledger.feed.after({ merchant, after: old })).rejects.toMatchObject({ code: 'events.gone' });
  });

  it('takes the cursor of the last event that is no longer kept: nothing is missing behind it', async () => {
    const ledger = open();
    await ledger.feed.after({ merchant });
    await create('first');
    const { cursor } = await ledger.feed.after({ merchant });
    await harness.store.eventLog.forget(-1_000);
    const id = await create('second');
    const { events } = await ledger.feed.after({ merchant, after: cursor });
    expect(events.map(({ data }) => data.receipt_id)).toEqual([id]);
  });

  it('is off where another process switched the log off: what happens meanwhile is not shown', async () => {
    const ledger = open();
    await create('first');
    const { cursor } = await ledger.feed.after({ merchant });
    const waiting = ledger.feed.after({ merchant, after: cursor, waitMs: 300 });
    await harness.store.eventLog.write(false);
    await create('second');
    await expect(waiting).rejects.toMatchObject({ code: 'events.off' });
    await expect(ledger.feed.after({ merchant, after: cursor })).rejects.toMatchObject({
      code: 'events.off',
    });
  });

  it('says so when the ledger was put back to a time before the cursor', async () => {
    const ledger = open();
    await ledger.feed.after({ merchant });
    await create('first');
    const { cursor } = await ledger.feed.after({ merchant });
    const store = createSqliteStore({ path: ':memory:', clock: () => new Date('2026-06-01T00:00:00Z') });
    const restored = open({ feed, store });
    await restored.feed.after({ merchant });
    await expect(restored.feed.after({ merchant, after: cursor })).rejects.toMatchObject({
      code: 'events.gone',
    });
    await create('another-first');
    await expect(restored.feed.after({ merchant, after: cursor })).rejects.toMatchObject({
      code: 'events.gone',
    });
  });
});

describe('the cursor of a time', () => {
  it('leads to the first event of it, and without a time behind the last', async () => {
    const ledger = open();
    await ledger.feed.after({ merchant });
    for (let index = 0; index < 700; index += 1) await create(`order-${index}`);
    const all = (await ledger.feed.after({ merchant, limit: 1_000 })).events;
    expect(all).toHaveLength(700);
    for (const index of [0, 1, 333, 698, 699]) {
      const time = new Date(all[index]?.timestamp ?? '');
      const first = all.find(({ timestamp }) => timestamp === all[index]?.timestamp);
      const after = await ledger.feed.cursorAt({ merchant, time });
      expect((await ledger.feed.after({ merchant, after, limit: 1 })).events[0]?.id).toBe(first?.id);
    }
    const before = await ledger.feed.cursorAt({ merchant, time: new Date(0) });
    expect((await ledger.feed.after({ merchant, after: before, limit: 1 })).events[0]?.id).toBe(all[0]?.id);
    const end = await ledger.feed.cursorAt({ merchant });
    expect((await ledger.feed.after({ merchant, after: end })).events).toEqual([]);
    const id = await create('one-more');
    const { events } = await ledger.feed.after({ merchant, after: end });
    expect(events.map(({ data }) => data.receipt_id)).toEqual([id]);
    expect(await ledger.feed.cursorAt({ merchant: 'other' })).toEqual(expect.any(String));
  });
});

describe('the cursor of a time', () => {
  let now = Date.parse('2026-05-04T12:00:00Z');
  const clock = () => new Date(now);

  it('passes over nothing, however many events behind it are earlier', async () => {
    const ledger = open({ feed, store: createSqliteStore({ path: ':memory:', clock }) });
    await ledger.feed.after({ merchant });
    for (let index = 0; index < 3; index += 1) await create(`first-${index}`);
    now -= 2 * 3_600_000;
    for (let index = 0; index < 900; index += 1) await create(`second-${index}`);
    const time = new Date('2026-05-04T11:00:00Z');
    const after = await ledger.feed.cursorAt({ merchant, time });
    const [first] = (await ledger.feed.after({ merchant })).events;
    expect((await ledger.feed.after({ merchant, after, limit: 1 })).events[0]?.id).toBe(first?.id);
  });

  it('is no later than where its reader is', async () => {
    const ledger = open();
    const { cursor: begin } = await ledger.feed.after({ merchant });
    await create('first');
    const end = await ledger.feed.cursorAt({ merchant });
    expect(await ledger.feed.cursorAt({ merchant, notBehind: [end, begin] })).toBe(begin);
    expect(await ledger.feed.cursorAt({ merchant, time: new Date(), notBehind: [begin] })).toBe(begin);
    expect(await ledger.feed.cursorAt({ merchant, time: new Date(0), notBehind: [end] })).not.toBe(end);
    await expect(ledger.feed.cursorAt({ merchant, notBehind: ['far'] })).rejects.toMatchObject({
      code: 'events.cursor',
    });
  });
});

describe('a read that waits', () => {
  it('is answered when there is an event of its merchant', async () => {
    const ledger = open();
    const { cursor } = await ledger.feed.after({ merchant });
    const startedAt = performance.now();
    const waiting = ledger.feed.after({ merchant, after: cursor, waitMs: 20_000 });
    const ofOther = ledger.feed.after({ merchant: 'other', waitMs: 300 });
    await delay(50);
    const id = await create('first');
    expect((await waiting).events.map(({ data }) => data.receipt_id)).toEqual([id]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect((await ofOther).events).toEqual([]);
  });

  it('ends with nothing when the time is over, at the signal, and when the ledger stops', async () => {
    const ledger = open();
    const leaving = new AbortController();
    expect((await ledger.feed.after({ merchant, waitMs: 60 })).events).toEqual([]);
    const left = ledger.feed.after({ merchant, waitMs: 20_000, signal: leaving.signal });
    await delay(20);
    leaving.abort();
    expect((await left).events).toEqual([]);
    const stopped = ledger.feed.after({ merchant, waitMs: 20_000 });
    await delay(20);
    await ledger.stop({ graceMs: 10 });
    expect((await stopped).events).toEqual([]);
  });

  it.each([2 ** 31, Number.POSITIVE_INFINITY])('waits for %s ms as long as a timer can', async (waitMs) => {
    const ledger = open();
    const leaving = new AbortController();
    let isOver = false;
    const waiting = ledger.feed.after({ merchant, waitMs, signal: leaving.signal }).then(() => {
      isOver = true;
    });
    await delay(50);
    expect(isOver).toBe(false);
    leaving.abort();
    await waiting;
  });

  it('is refused where too many of its merchant, or of all, wait; who has left is forgotten', async () => {
    const ledger = open();
    const leaving = new AbortController();
    const wait = (whose: string) =>
      ledger.feed.after({ merchant: whose, waitMs: 20_000, signal: leaving.signal });
    const waiting = [wait(merchant), wait(merchant)];
    await delay(20);
    await expect(wait(merchant)).rejects.toMatchObject({ code: 'events.busy', retryable: true });
    waiting.push(wait('other'));
    await delay(20);
    await expect(wait('other')).rejects.toMatchObject({ code: 'events.busy' });
    leaving.abort();
    await Promise.all(waiting);
    expect((await ledger.feed.after({ merchant, waitMs: 30 })).events).toEqual([]);
  });

  it('costs the store one read of positions, however many wait', async () => {
    const ledger = open({ feed: { ...feed, waitsPerMerchant: 30, waits: 60 } });
    const { cursor } = await ledger.feed.after({ merchant });
    let reads = 0;
    const { eventLog } = harness.store;
    const { last } = eventLog;
    Object.assign(eventLog, {
      last: (merchants: readonly string[]) => {
        reads += 1;
        return last(merchants);
      },
    });
    const waiting = Array.from({ length: 30 }, () => ledger.feed.after({ merchant: 'other', waitMs: 700 }));
    const one = ledger.feed.after({ merchant, after: cursor, waitMs: 20_000 });
    await delay(100);
    await create('first');
    expect((await one).events).toHaveLength(1);
    await Promise.all(waiting);
    expect(reads).toBeLessThan(30);
  });
});

describe('following the feed', () => {
  it('yields what there is, and each event as it happens, until the signal', async () => {
    const ledger = open();
    await ledger.start();
    await registered(1);
    const leaving = new AbortController();
    const types: string[] = [];
    const following = (async () => {
      for await (const { type } of ledger.feed.follow({ merchant, signal: leaving.signal })) {
        types.push(type);
        if (types.length === 4) leaving.abort();
      }
    })();
    await delay(30);
    await create('later');
    await following;
    expect(types.sort()).toEqual([
      'receipt.accepted',
      'receipt.accepted',
      'receipt.registered',
      'receipt.registered',
    ]);
  });

  it('yields nothing after the signal, also where more events are read already', async () => {
    const ledger = open();
    await ledger.feed.after({ merchant });
    for (const key of ['first', 'second', 'third']) await create(key);
    const leaving = new AbortController();
    const seen: string[] = [];
    for await (const { id } of ledger.feed.follow({ merchant, signal: leaving.signal })) {
      seen.push(id);
      leaving.abort();
    }
    expect(seen).toHaveLength(1);
  });

  it('ends quietly where the signal comes while it begins', async () => {
    const ledger = open();
    const leaving = new AbortController();
    const next = ledger.feed.follow({ merchant, signal: leaving.signal }).next();
    leaving.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('ends when the ledger stops', async () => {
    const ledger = open();
    await create('first');
    const types: string[] = [];
    const following = (async () => {
      for await (const { type } of ledger.feed.follow({ merchant })) types.push(type);
    })();
    await delay(30);
    await ledger.stop({ graceMs: 10 });
    await following;
    expect(types.length).toBeLessThan(2);
  });
});
