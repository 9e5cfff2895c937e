import { afterEach, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

let harness: Harness | undefined;
afterEach(() => harness?.close());

it('tells logs and metrics of what stays unknown and what is overdue, each once', async () => {
  const open = await openHarness({ FISCALKIT_UNKNOWN_AFTER_MS: '200', FISCALKIT_OVERDUE_AFTER_MS: '2000' });
  harness = open;
  open.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'drop-after' } });
  open.sandbox.faults.add({ endpoint: 'receipts.list', fault: { kind: 'status', status: 500 } });
  const { body } = await open.signed({ method: 'POST', body: JSON.stringify(sale()) });
  const metrics = async () => (await open.send('/metrics')).body;
  for (const kind of ['receipt.unknown-for-long', 'receipt.overdue']) {
    await expect.poll(metrics, { timeout: 10_000 }).toContain(`fiscalkit_delays_total{kind="${kind}"} 1`);
    const lines = open.logLines.filter((line) => line.includes(kind)).map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { level: 'warn', event: 'entry.delayed', kind, receipt_id: body.data.receipt_id, state: 'unknown' },
    ]);
  }
  const text = await metrics();
  expect(text).toContain('fiscalkit_unknown_for_long 1');
  expect(text).toContain('fiscalkit_overdue 1');
  expect(text).toContain('fiscalkit_delays_total{kind="payment.overdue"} 0');
});
