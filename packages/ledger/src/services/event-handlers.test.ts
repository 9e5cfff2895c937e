import { setTimeout as delay } from 'node:timers/promises';
import type { ReceiptObject } from '@fiscalkit/schemas';
import { fiscalEventKinds } from '@fiscalkit/schemas';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from '../delivery/delivery-harness.fixture.js';
import type { EventSettings } from '../delivery/handler-queue.js';
import type { FiscalEvent } from '../entry/fiscal-event.js';
import type { LedgerSignal } from '../entry/signals.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const hasty: Partial<EventSettings> = {
  retry: { baseMs: 2, factor: 1, capMs: 2, jitter: 0 },
  pollIntervalMs: 5,
};

let harness: LedgerHarness;

function open(events: Partial<EventSettings> = {}, overdueAfterMs = 86_400_000) {
  harness = openLedger({}, { events: { ...hasty, ...events }, delivery: { overdueAfterMs } });
  return harness.ledger;
}

afterEach(() => harness.close());

async function sell(paymentId = 1): Promise<ReceiptObject> {
  const receipt = sampleReceipt({ payment_id: paymentId });
  return (await harness.ledger.receipts.create({ merchant, receipt, waitMs: 5_000 })).receipt;
}

/** A handler that takes notes. */
function notes() {
  const events: FiscalEvent[] = [];
  return {
    events,
    take: (event: FiscalEvent) => {
      events.push(event);
    },
    kinds: () => events.map(({ kind }) => kind),
  };
}

describe('a handler of events', () => {
  it('hears the story of a receipt in order, and soon', async () => {
    const ledger = open();
    const mail = notes();
    ledger.events.on('mail', fiscalEventKinds, mail.take);
    await ledger.start();
    const begunAt = performance.now();
    const { receipt_id } = await sell();
    await until(() => mail.events.length === 2);
    expect(performance.now() - begunAt).toBeLessThan(2_000);
    expect(mail.kinds()).toEqual(['receipt.accepted', 'receipt.registered']);
    expect(mail.events.map(({ entry }) => entry.id)).toEqual([receipt_id, receipt_id]);
    expect(mail.events[1]?.entry.registration).not.toBeNull();
  });

  it('hears of confirmations and rejections', async () => {
    const ledger = open();
    const mail = notes();
    ledger.events.on('mail', ['payment.confirmed', 'receipt.rejected'], mail.take);
    await ledger.start();
    harness.register.script.push({ kind: 'refuse' });
    await sell();
    const link = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
    const confirmation = { transaction_id: 'a', qr_code: link };
    await ledger.payments.confirm({ merchant, wallet: 'anor', confirmation });
    await until(() => mail.events.length === 2);
    expect(mail.kinds()).toEqual(['receipt.rejected', 'payment.confirmed']);
  });

  it('that fails is called again with the same event, before it hears of the next', async () => {
    const ledger = open();
    const seen: [string, string][] = [];
    ledger.events.on('mail', ['receipt.accepted', 'receipt.registered'], async ({ id, kind }) => {
      seen.push([kind, id]);
      if (seen.length < 3) throw new RangeError('buyer@example.com is no address');
    });
    const failures: LedgerSignal[] = [];
    ledger.observe((event) => event.type === 'event-failed' && failures.push(event));
    await ledger.start();
    await sell();
    await until(() => seen.length === 4);
    expect(seen.map(([kind]) => kind)).toEqual([...Array(3).fill('receipt.accepted'), 'receipt.registered']);
    expect(new Set(seen.map(([, id]) => id)).size).toBe(2);
    const failed = {
      type: 'event-failed',
      handler: 'mail',
      kind: 'receipt.accepted',
      errorName: 'RangeError',
      message: '*** is no address',
      stack: expect.stringMatching(/^RangeError: \*\*\* is no address\n +at /),
    };
    expect(failures).toEqual([1, 2].map((attempts) => ({ ...failed, attempts })));
  });

  it('may throw at once', async () => {
    const ledger = open();
    const callback = vi.fn<() => void>().mockImplementationOnce(() => {
      throw 'nothing that is an error';
    });
    const failures: LedgerSignal[] = [];
    ledger.observe((event) => event.type === 'event-failed' && failures.push(event));
    ledger.events.on('mail', ['receipt.registered'], callback);
    await ledger.start();
    await sell();
    await until(() => callback.mock.calls.length === 2);
    expect(failures).toMatchObject([{ errorName: 'string' }]);
  });

  it('does not wait for another that never comes to an end', async () => {
    const ledger = open({ concurrency: 1 });
    const books = notes();
    ledger.events.on('stuck', ['receipt.registered'], () => new Promise(() => {}));
    ledger.events.on('books', ['receipt.registered'], books.take);
    await ledger.start();
    for (const paymentId of [1, 2, 3]) await sell(paymentId);
    await until(() => books.events.length === 3);
    await ledger.stop({ graceMs: 10 });
  });

  it('that takes too long counts as failed', async () => {
    const ledger = open({ callMs: 20 });
    const failures: string[] = [];
    ledger.observe((event) => event.type === 'event-failed' && failures.push(event.errorName));
    const callback = vi.fn<() => void | Promise<void>>().mockReturnValueOnce(new Promise(() => {}));
    ledger.events.on('mail', ['receipt.registered'], callback);
    await ledger.start();
    await sell();
    await until(() => callback.mock.calls.length === 2);
    expect(failures).toEqual(['TimeoutError']);
  });

  it('is not called more often at the same time than it may be', async () => {
    const ledger = open({ concurrency: 2 });
    let [atWork, most, done] = [0, 0, 0];
    ledger.events.on('mail', ['receipt.registered'], async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      await delay(2);
      atWork -= 1;
      done += 1;
    });
    await ledger.start();
    await Promise.all(Array.from({ length: 10 }, (_, index) => sell(index + 1)));
    await until(() => done === 10);
    expect(most).toBe(2);
  });

  it('is called once when the store could not write at first that it was done', async () => {
    const ledger = open();
    const mail = notes();
    const settle = vi.spyOn(harness.store, 'settleDelivery').mockRejectedValueOnce(new Error('disk full'));
    ledger.events.on('mail', ['receipt.registered'], mail.take);
    await ledger.start();
    await sell();
    await until(() => settle.mock.calls.length === 2);
    await ledger.stop();
    expect(mail.events).toHaveLength(1);
    expect(await harness.store.nextDeliveryInMs('mail')).toBeNull();
  });

  it('hears at once of what another process has done', async () => {
    const ledger = open();
    const mail = notes();
    const listeners: (() => void)[] = [];
    vi.spyOn(harness.store, 'onWake').mockImplementation((listener) => {
      listeners.push(listener);
      return () => {};
    });
    ledger.events.on('mail', ['receipt.accepted'], mail.take);
    await ledger.start();
    await delay(10);
    await harness.store.accept(newEntry());
    for (const listener of listeners) listener();
    await until(() => mail.events.length === 1);
  });
});

describe('delays', () => {
  it('are told once, until the entry has come to an end', async () => {
    const ledger = open({ unknownForLongMs: 10 }, 30);
    const mail = notes();
    ledger.events.on('mail', fiscalEventKinds, mail.take);
    harness.register.usually = { kind: 'unsent' };
    harness.register.find = async () => ({
      kind: 'unknown',
      reason: { code: 'provider.timeout', message: '' },
    });
    await ledger.start();
    await ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    await until(() => mail.events.length === 3);
    await delay(30);
    // Where both are true at one look, either may be told first.
    expect(mail.kinds().toSorted()).toEqual([
      'receipt.accepted',
      'receipt.overdue',
      'receipt.unknown-for-long',
    ]);
  });

  it('are not looked for when no handler wants to hear of them', async () => {
    const ledger = open({}, 0);
    const raise = vi.spyOn(harness.store, 'raise');
    ledger.events.on('mail', ['receipt.overdue'], () => {});
    await ledger.start();
    await until(() => raise.mock.calls.length > 0);
    expect(raise.mock.calls.every(([{ delay }]) => delay === 'overdue')).toBe(true);
  });
});

describe('stopping', () => {
  it('waits for handlers at work', async () => {
    const ledger = open();
    let done = false;
    let begun = false;
    ledger.events.on('mail', ['receipt.registered'], async () => {
      begun = true;
      await delay(30);
      done = true;
    });
    await ledger.start();
    await sell();
    await until(() => begun);
    await ledger.stop();
    expect(done).toBe(true);
    expect(await harness.store.nextDeliveryInMs('mail')).toBeNull();
  });

  it('gives up on those that outlast the grace, and calls them again after the next start', async () => {
    const ledger = open();
    const seen: string[] = [];
    const failures: LedgerSignal[] = [];
    ledger.observe((event) => event.type === 'event-failed' && failures.push(event));
    ledger.events.on('mail', ['receipt.registered'], async ({ id }) => {
      seen.push(id);
      if (seen.length === 1) await new Promise(() => {});
    });
    await ledger.start();
    await sell();
    await until(() => seen.length === 1);
    await ledger.stop({ graceMs: 5 });
    expect(await harness.store.nextDeliveryInMs('mail')).toBe(0);
    await ledger.start();
    await until(() => seen.length === 2);
    expect(new Set(seen).size).toBe(1);
    expect(failures).toEqual([]);
  });

  it('keeps what happens meanwhile', async () => {
    const ledger = open();
    const mail = notes();
    ledger.events.on('mail', ['receipt.accepted'], mail.take);
    await ledger.start();
    await ledger.stop();
    await ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    await delay(10);
    expect(mail.events).toEqual([]);
    await ledger.start();
    await until(() => mail.events.length === 1);
  });
});

describe('subscribing', () => {
  const fails = (code: string) => expect.objectContaining({ code: `event.handler.${code}` });

  it('takes a handler once, with kinds, and before the start', async () => {
    const { events, start } = open();
    events.on('mail', ['receipt.registered'], () => {});
    expect(() => events.on('mail', ['receipt.rejected'], () => {})).toThrow(fails('duplicate'));
    expect(() => events.on('books', [], () => {})).toThrow(fails('kinds'));
    await start();
    expect(() => events.on('books', ['receipt.rejected'], () => {})).toThrow(fails('late'));
  });

  it('takes no handler late when there was none before', async () => {
    const { events, start, stop } = open();
    await start();
    expect(() => events.on('mail', ['receipt.rejected'], () => {})).toThrow(fails('late'));
    await stop();
    events.on('mail', ['receipt.rejected'], () => {});
  });

  it('forgets handlers that are no more, and no others', async () => {
    const ledger = open();
    await harness.store.subscribe([{ handler: 'old', kinds: ['receipt.accepted'] }]);
    await harness.store.accept(newEntry());
    await ledger.events.forget('old');
    expect(await harness.store.nextDeliveryInMs('old')).toBeNull();
    ledger.events.on('mail', ['receipt.registered'], () => {});
    await expect(ledger.events.forget('mail')).rejects.toEqual(fails('in-use'));
  });

  it('can be tried again when the store was in trouble', async () => {
    const ledger = open();
    const mail = notes();
    ledger.events.on('mail', ['receipt.registered'], mail.take);
    vi.spyOn(harness.store, 'subscribe').mockRejectedValueOnce(new Error('disk full'));
    await expect(ledger.start()).rejects.toThrow('disk full');
    await ledger.start();
    await sell();
    await until(() => mail.events.length === 1);
  });
});
