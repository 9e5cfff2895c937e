import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { confirmation, soliqLink } from '../receipt.fixture.js';

let harness: Harness;

beforeEach(async () => {
  harness = await openHarness();
});
afterEach(() => harness.close());

const otherLink = soliqLink.replace('r=2421', 'r=2422');

it('answers the printed success envelope, again and again, and confirms once', async () => {
  const first = await harness.confirm(confirmation());
  expect(first.status).toBe(200);
  expect(first.body).toEqual({
    data: {
      message: 'Fiscalization completed successfully',
      error_code: 0,
      payment_id: expect.any(Number),
      transaction_id: confirmation().transaction_id,
    },
    error: null,
    is_success: true,
  });
  const again = await harness.confirm(confirmation());
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(harness.sandbox.journal().confirmations).toMatchObject([{ wallet: 'anor', repeats: 0 }]);
});

it.each(['click', 'payme', 'uzum'])('confirms a payment of %s', async (wallet) => {
  const { body } = await harness.confirm({ payment_id: '4710103925', qr_code: soliqLink }, wallet);
  expect(body).toMatchObject({ error: null, is_success: true });
  expect(harness.sandbox.journal().confirmations).toMatchObject([{ wallet, payment_id: '4710103925' }]);
});

it.each([
  ['the same payment with another link', { qr_code: otherLink }, 'confirmation.payment.conflict'],
  ['the same link for another payment', { transaction_id: 'another' }, 'confirmation.link.conflict'],
])('refuses %s', async (_, changes, code) => {
  await harness.confirm(confirmation());
  const { status, body } = await harness.confirm(confirmation(changes));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: null,
    is_success: false,
    error: { code: 9409, data: { code, retryable: false } },
  });
  expect(harness.sandbox.journal().confirmations).toHaveLength(1);
});

it('says pending while the provider has not answered, and the outcome once it has', async () => {
  harness.sandbox.faults.add({
    endpoint: 'payments.anor_confirm',
    times: 1,
    fault: { kind: 'status', status: 503, retryAfterSeconds: 1 },
  });
  const response = await fetch(`${harness.gateway.url}/payment/anor_confirm?wait=50`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer demo-api-key' },
    body: JSON.stringify(confirmation()),
  });
  expect(await response.json()).toMatchObject({
    data: null,
    is_success: false,
    error: { code: 9202, data: { code: 'confirmation.pending', retryable: true } },
  });
  expect((await harness.confirm(confirmation())).body).toMatchObject({ is_success: true });
});

it('asks for no key where open access was switched on by name', async () => {
  const open = await openHarness({ FISCALKIT_OPEN_PAYMENTS: '542088' });
  const { body } = await open.send('/payment/anor_confirm', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(confirmation()),
  });
  await open.close();
  expect(body.is_success).toBe(true);
});
