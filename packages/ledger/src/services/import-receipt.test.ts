import { type FiscalReceipt, uncheckedReceipt } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const waitMs = 5_000;
const qrCode = (given: Record<string, string | number> = {}) =>
  Object.entries({
    t: '20251231T2359',
    s: '200.00',
    fn: '9999078900006286',
    i: 133,
    fp: '0449555941',
    n: 1,
    ...given,
  })
    .map((part) => part.join('='))
    .join('&');

/** Sale of a year in which its rate was in force. */
const sale = (given: object = {}) => {
  const { positions, ...others } = sampleReceipt();
  const atOldRate = positions.map((each) => ({ ...each, vat_code: 'vat_20' }));
  return uncheckedReceipt({ ...others, positions: atOldRate, ...given });
};

describe('a receipt of another system', () => {
  let harness: LedgerHarness;

  beforeEach(async () => {
    harness = openLedger();
    await harness.ledger.start();
  });

  afterEach(() => harness.close());

  const imported = (receipt: FiscalReceipt = sale(), link = qrCode()) =>
    harness.ledger.receipts.importRegistered({ merchant, receipt, link });
  const refund = (receiptId: string, given: object = {}) =>
    harness.ledger.receipts.refund({ merchant, receiptId, waitMs, ...given });

  it('is registered with its mark, by the rules of its day, and nothing is sent of it', async () => {
    const { receipt, replayed } = await imported();
    expect(replayed).toBe(false);
    expect(receipt).toMatchObject({
      status: 'registered',
      total: 200,
      fiscal_document_number: '133',
    });
    expect(await harness.ledger.receipts.get({ merchant, id: receipt.receipt_id })).toEqual(receipt);
    expect(harness.register.documents).toEqual([]);
    const { journal } = (await harness.ledger.interventions.history(receipt.receipt_id)) ?? {};
    expect(journal?.map(({ to }) => to)).toEqual(['accepted', 'registered']);
    expect(journal?.[1]?.details).toContain('"by":"import"');
  });

  it('is refunded in parts, never more than it, whichever request tells of it', async () => {
    const first = await imported();
    const part = await refund(first.receipt.receipt_id, { positions: [{ index: 1 }] });
    expect(part.receipt).toMatchObject({ status: 'registered', total: 100 });
    const again = await imported(sale(), qrCode({ i: '000133' }));
    expect(again).toEqual({ receipt: first.receipt, replayed: true });
    expect((await refund(again.receipt.receipt_id)).receipt.total).toBe(100);
    await expect(refund(first.receipt.receipt_id, { refundId: 'more' })).rejects.toMatchObject({
      code: 'refund.exceeds-sale',
    });
    expect(harness.register.documents).toHaveLength(2);
  });

  it('is one, however many tell of it at once', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => imported()));
    expect(new Set(all.map(({ receipt }) => receipt.receipt_id)).size).toBe(1);
    expect(all.map(({ receipt }) => receipt.status)).toEqual(Array.from({ length: 12 }, () => 'registered'));
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('is closed where it was prepaid', async () => {
    const prepaid = {
      name: 'Shoes',
      price: 200,
      quantity: 1,
      vat_code: 'vat_120',
      payment_method: 'full_prepayment',
      payment_object: 'payment',
    };
    const { receipt } = await imported(sale({ positions: [prepaid] }));
    const closing = { merchant, receiptId: receipt.receipt_id, waitMs };
    expect((await harness.ledger.receipts.close(closing)).receipt).toMatchObject({
      status: 'registered',
      settlements: [{ type: 'prepayment', sum: 200 }],
      origin: { receipt_id: receipt.receipt_id },
    });
  });

  it('is registered by a repeat where a process ended in between', async () => {
    const { intervene } = harness.store;
    harness.store.intervene = () => Promise.reject(new Error('the process ends'));
    await expect(imported()).rejects.toThrow('the process ends');
    harness.store.intervene = intervene;
    expect(await imported()).toMatchObject({ replayed: true, receipt: { status: 'registered' } });
  });

  it('is one of several with the same content, each with its own mark, also at once', async () => {
    const numbers = ['133', '134', '135'];
    const all = await Promise.all(numbers.map((i) => imported(sale(), qrCode({ i }))));
    expect(all.map(({ receipt }) => receipt.fiscal_document_number)).toEqual(numbers);
    expect(all.map(({ replayed }) => replayed)).toEqual([false, false, false]);
  });

  it('is never sent, and can be taken in again, where an operator rejected it before it was registered', async () => {
    const { intervene } = harness.store;
    harness.store.intervene = () => Promise.reject(new Error('the process ends'));
    await expect(imported()).rejects.toThrow('the process ends');
    harness.store.intervene = intervene;
    const [{ receipt_id: id = '' } = {}] = await harness.ledger.receipts.list({
      merchant,
      query: { offset: 0, limit: 10 },
    });
    const given = { id, by: 'vera', reason: 'nobody knows it' };
    await harness.ledger.interventions.resolve({ ...given, outcome: { kind: 'rejected' } });
    for (const document of [undefined, { ...sale() }])
      await expect(harness.ledger.interventions.resubmit({ ...given, document })).rejects.toMatchObject({
        code: 'entry.state',
      });
    const moved = harness.ledger.interventions.move({ ...given, account: `542088@memory:` });
    await expect(moved).rejects.toMatchObject({ code: 'entry.state' });
    const again = await imported();
    expect(again).toMatchObject({ replayed: false, receipt: { status: 'registered' } });
    expect(await imported()).toEqual({ ...again, replayed: true });
    expect((await refund(again.receipt.receipt_id)).receipt.status).toBe('registered');
    expect(harness.register.documents).toHaveLength(1);
  });

  it.each<[string, FiscalReceipt, string]>([
    ['link.format', sale(), ''],
    ['link.host', sale(), 'https://check.example.com/?fn=1'],
    ['link.parameter', sale(), qrCode({ fn: '1' })],
    ['receipt.mark-differs', sale(), qrCode({ s: '199.99' })],
    ['receipt.mark-differs', sale(), qrCode({ n: 2 })],
    ['receipt.mark-differs', sale(), qrCode({ t: '20260506T1205' })],
    [
      'receipt.mark-differs',
      sale(),
      'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
    ],
    ['receipt.invalid', sale({ settlements: [{ type: 'cash', sum: 1 }] }), qrCode()],
    ['receipt.invalid', uncheckedReceipt(null), qrCode()],
  ])('is refused with %s', async (code, receipt, link) => {
    await expect(imported(receipt, link)).rejects.toMatchObject({ code });
    expect(await harness.ledger.receipts.list({ merchant, query: { offset: 0, limit: 10 } })).toEqual([]);
  });

  it('is refused where its mark is that of another, of whatever payment', async () => {
    await imported();
    const other = { customer: { email: 'other@example.com' } };
    for (const receipt of [sale(other), sale({ payment_id: '1' })])
      await expect(imported(receipt)).rejects.toMatchObject({ code: 'receipt.mark-known' });
    expect((await imported(sale(other), qrCode({ i: 134 }))).replayed).toBe(false);
  });

  it('is the receipt of the ledger that has its mark, and none that may have it', async () => {
    const receipt = sampleReceipt();
    const link = qrCode({ t: '20260504T1205' });
    harness.register.script.push({ kind: 'pend', polls: 1_000 });
    const own = await harness.ledger.receipts.create({ merchant, receipt });
    await expect(imported(receipt, link)).rejects.toMatchObject({
      code: 'receipt.twin',
      existing: { receiptId: own.receipt.receipt_id },
    });
    const id = own.receipt.receipt_id;
    const outcome = { kind: 'registered', link } as const;
    await expect
      .poll(() =>
        harness.ledger.interventions.resolve({ id, by: 'vera', reason: 'seen', outcome }).then(Boolean),
      )
      .toBe(true);
    const { receipt: found, replayed } = await imported(receipt, link);
    expect([found.receipt_id, replayed]).toEqual([id, true]);
  });

  it('is in no report, and may be sold to other payments in the same words', async () => {
    await imported();
    for (const date of ['2025-12-31', '2026-05-04'])
      expect((await harness.ledger.reports.daily({ merchant, date })).receipts).toBe(0);
    expect(
      (await harness.ledger.receipts.create({ merchant, receipt: sampleReceipt(), waitMs })).receipt,
    ).toMatchObject({
      status: 'registered',
    });
  });

  it('is told from those of a provider that has its name', async () => {
    await harness.close();
    harness = openLedger({ providers: [new ScriptedProvider('other-system')] });
    await harness.ledger.start();
    await imported();
    await harness.ledger.receipts.create({ merchant, receipt: sampleReceipt({ payment_id: 'own' }), waitMs });
    expect((await harness.ledger.reports.daily({ merchant, date: '2026-05-04' })).receipts).toBe(1);
  });
});
