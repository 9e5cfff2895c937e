import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';

const merchant = '542088';
const link = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
const otherLink = link.replace('r=2421', 'r=2422');
let harness: LedgerHarness;

beforeEach(async () => {
  harness = openLedger();
  await harness.ledger.start();
});

afterEach(() => harness.close());

function confirm(
  transaction_id: string,
  qr_code: string,
  given: { idempotencyKey?: string; waitMs?: number } = {},
) {
  const confirmation = { transaction_id, qr_code };
  return harness.ledger.payments.confirm({ merchant, wallet: 'anor', confirmation, ...given });
}

describe('payments.confirm', () => {
  it('waits for the provider, and answers what it said', async () => {
    expect(await confirm('a', link)).toEqual({ state: 'registered', data: {}, replayed: false });
    expect(harness.wallet.documents).toHaveLength(1);
  });

  it('takes the same payment and link for a repeat, whatever the key and the spelling of the link', async () => {
    await confirm('a', link);
    const spelled = link.replace('?t=UZ170703100597&r=2421', '?r=2421&t=UZ170703100597');
    for (const again of [
      confirm('a', link),
      confirm('a', spelled),
      confirm('a', link, { idempotencyKey: 'k' }),
    ]) {
      expect(await again).toMatchObject({ state: 'registered', replayed: true });
    }
    expect(harness.wallet.documents).toHaveLength(1);
  });

  it('refuses another link for the payment, and the link for another payment', async () => {
    await confirm('a', link);
    await expect(confirm('a', otherLink)).rejects.toMatchObject({ code: 'confirmation.payment.conflict' });
    await expect(confirm('b', link)).rejects.toMatchObject({ code: 'confirmation.link.conflict' });
    expect(harness.wallet.documents).toHaveLength(1);
  });

  it('refuses other content under a used key', async () => {
    await confirm('a', link, { idempotencyKey: 'k' });
    const other = confirm('b', otherLink, { idempotencyKey: 'k' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency.conflict' });
  });

  it('keeps the payments of different wallets apart', async () => {
    await confirm('a', link);
    const confirmation = { payment_id: 'a', qr_code: otherLink };
    const click = harness.ledger.payments.confirm({ merchant, wallet: 'click', confirmation });
    expect(await click).toMatchObject({ state: 'registered', replayed: false });
  });

  it('lets payment and link go when the provider rejects', async () => {
    harness.wallet.usually = { kind: 'refuse' };
    expect(await confirm('a', link)).toMatchObject({
      state: 'rejected',
      reason: { code: 'provider.rejected' },
    });
    harness.wallet.usually = { kind: 'register' };
    expect(await confirm('a', otherLink)).toMatchObject({ state: 'registered', replayed: false });
    expect(await confirm('b', link)).toMatchObject({ state: 'registered', replayed: false });
  });

  it('is pending while the provider is down, and the same call tells the outcome later', async () => {
    harness.wallet.usually = { kind: 'down' };
    expect(await confirm('a', link, { waitMs: 20 })).toEqual({ state: 'pending', replayed: false });
    harness.wallet.usually = { kind: 'register' };
    expect(await confirm('a', link)).toMatchObject({ state: 'registered', replayed: true });
    expect(harness.wallet.documents).toHaveLength(1);
  });

  it('sends again, without a search, what may have been lost', async () => {
    harness.wallet.script.push({ kind: 'unsent' });
    expect(await confirm('a', link)).toMatchObject({ state: 'registered' });
    expect(harness.wallet.calls.map(({ step }) => step)).toEqual(['submit', 'submit']);
  });

  it('refuses a confirmation with faults, and a wallet that no provider takes', async () => {
    await expect(confirm('', 'https://example.com/?t=1')).rejects.toMatchObject({
      code: 'confirmation.invalid',
    });
    const confirmation = { payment_id: 'a', qr_code: link };
    const uzum = harness.ledger.payments.confirm({ merchant, wallet: 'uzum', confirmation });
    await expect(uzum).rejects.toMatchObject({ code: 'provider.unsupported' });
    expect(harness.wallet.calls).toEqual([]);
    expect(await harness.store.list({ merchant, offset: 0, limit: 1 })).toEqual([]);
  });
});
