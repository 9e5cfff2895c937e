import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { openHarness } from './gateway.fixture.js';
import { sale } from './receipt.fixture.js';

it.each([
  ['nothing', ''],
  ['half the headers', 'POST /v5/receipts HTTP/1.1\r\nHost: a\r\n'],
])('stops at once although a client has sent %s', async (_, bytes) => {
  const harness = await openHarness();
  const socket = connect(Number(new URL(harness.gateway.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  const begunAt = performance.now();
  await harness.close();
  expect(performance.now() - begunAt).toBeLessThan(2_000);
  socket.destroy();
});

it('answers those who wait with what is known, and keeps what it accepted', async () => {
  const harness = await openHarness();
  harness.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
  const waiting = harness.signed({
    method: 'POST',
    path: '/v5/receipts?wait=20000',
    body: JSON.stringify(sale()),
  });
  await expect.poll(() => harness.sandbox.journal().receipts.length).toBe(1);
  const closed = harness.close();
  expect((await waiting).body.data.status).toBe('pending');
  await closed;
});
