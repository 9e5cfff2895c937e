import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerSignal } from './entry/signals.js';
import { type LedgerHarness, openLedger } from './services/ledger-harness.fixture.js';
import { sampleReceipt } from './services/sample-receipt.fixture.js';

const merchant = '542088';
let harness: LedgerHarness;

beforeEach(() => {
  harness = openLedger();
});

afterEach(() => harness.close());

describe('a ledger', () => {
  it('takes receipts before it is started, and delivers them afterwards', async () => {
    const { ledger } = harness;
    const { receipt } = await ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    expect(await ledger.figures()).toMatchObject({ due: 1, byState: { accepted: 1 } });
    await ledger.start();
    const settled = await ledger.receipts.waitFor({ merchant, id: receipt.receipt_id, timeoutMs: 5_000 });
    expect(settled?.status).toBe('registered');
    expect(await ledger.figures()).toMatchObject({ due: 0, byState: { registered: 1 } });
  });

  it('delivers nothing after it was stopped, and goes on when started again', async () => {
    const { ledger, register } = harness;
    await ledger.start();
    expect(Object.keys(ledger.breakers())).toEqual(['register', 'wallet']);
    await ledger.stop();
    const { receipt } = await ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    await delay(20);
    expect(register.calls).toEqual([]);
    await ledger.start();
    const settled = await ledger.receipts.waitFor({ merchant, id: receipt.receipt_id, timeoutMs: 5_000 });
    expect(settled?.status).toBe('registered');
  });

  it('tells observers, and is not disturbed by one that throws', async () => {
    const { ledger } = harness;
    const events: LedgerSignal['type'][] = [];
    ledger.observe(() => {
      throw new Error('not your business');
    });
    const stop = ledger.observe((event) => events.push(event.type));
    await ledger.start();
    await ledger.receipts.create({ merchant, receipt: sampleReceipt(), waitMs: 5_000 });
    await ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    stop();
    await ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    expect(events).toEqual(['accepted', 'attempt', 'transition', 'replayed']);
  });

  it('has sealed its journal when it is stopped', async () => {
    const { ledger, store } = harness;
    await ledger.start();
    await ledger.receipts.create({ merchant, receipt: sampleReceipt(), waitMs: 5_000 });
    await ledger.stop();
    expect(await store.seal()).toBeNull();
  });
});
