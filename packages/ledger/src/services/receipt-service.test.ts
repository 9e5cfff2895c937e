import { FiscalError, uncheckedReceipt } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LedgerSignal } from '../entry/signals.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
let harness: LedgerHarness;

beforeEach(async () => {
  harness = openLedger();
  await harness.ledger.start();
});

afterEach(() => harness.close());

function create(
  receipt: unknown = sampleReceipt(),
  given: { idempotencyKey?: string; twin?: 'meant'; waitMs?: number } = {},
) {
  return harness.ledger.receipts.create({ merchant, receipt: uncheckedReceipt(receipt), ...given });
}

async function isEmpty(): Promise<boolean> {
  const entries = await harness.store.list({ merchant, offset: 0, limit: 1 });
  return entries.length === 0 && harness.register.calls.length === 0;
}

describe('receipts.create', () => {
  it('answers the receipt as pending, as soon as it is stored', async () => {
    harness.register.usually = { kind: 'hang' };
    const { receipt, replayed } = await create();
    expect(replayed).toBe(false);
    expect(receipt).toMatchObject({
      merchant_id: '542088',
      payment_id: '764239789',
      status: 'pending',
      total: 200,
      created_at: '04.05.2026 15:00:00',
      fiscal_document_number: '',
      company: { inn: '5544332219' },
      error: null,
    });
  });

  it('waits for the final state when asked to', async () => {
    const { receipt } = await create(sampleReceipt(), { waitMs: 5_000 });
    expect(receipt.status).toBe('registered');
    expect(harness.register.documents).toHaveLength(1);
  });

  it('waits over references that the provider used up, and answers the same receipt', async () => {
    harness.register.script.push({ kind: 'expire' }, { kind: 'expire' });
    const finals: string[] = [];
    harness.ledger.observe((signal) => {
      if (signal.type === 'transition' && signal.entry.state !== 'pending') finals.push(signal.entry.state);
    });
    const { receipt } = await create(sampleReceipt(), { waitMs: 5_000 });
    expect(receipt).toMatchObject({ status: 'registered', error: null });
    expect(finals).toEqual(['accepted', 'accepted', 'registered']);
    const again = await create();
    expect(again).toMatchObject({
      replayed: true,
      receipt: { receipt_id: receipt.receipt_id, status: 'registered' },
    });
    expect(harness.register.documents).toHaveLength(1);
    expect(harness.register.documents[0]?.reference).toBe(`${receipt.receipt_id}-3`);
  });

  it('answers as it is when the time to wait is over', async () => {
    harness.register.usually = { kind: 'hang' };
    const { receipt } = await create(sampleReceipt(), { waitMs: 20 });
    expect(receipt.status).toBe('pending');
  });

  it('answers as it is when the caller ends the wait', async () => {
    harness.register.usually = { kind: 'hang' };
    const begun = performance.now();
    const signal = AbortSignal.timeout(10);
    const created = harness.ledger.receipts.create({
      merchant,
      receipt: sampleReceipt(),
      waitMs: 5_000,
      signal,
    });
    expect((await created).receipt.status).toBe('pending');
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('answers with what is stored although it can not look again just now', async () => {
    harness.register.usually = { kind: 'hang' };
    vi.spyOn(harness.store, 'get').mockRejectedValue(
      new FiscalError({ code: 'ledger.unavailable', message: 'down', retryable: true }),
    );
    const { receipt } = await create(sampleReceipt(), { waitMs: 20 });
    expect(receipt.status).toBe('pending');
  });

  it('tells why a receipt was rejected', async () => {
    harness.register.usually = { kind: 'refuse' };
    const { receipt } = await create(sampleReceipt(), { waitMs: 5_000 });
    expect(receipt).toMatchObject({ status: 'rejected', error: { code: 'provider.rejected' } });
  });

  it('makes one receipt of the same receipt, however it is written and however often it comes', async () => {
    const spelled = sampleReceipt({
      payment_id: '764239789',
      settlements: [{ type: 'cashless', sum: '200.00' }],
    });
    const all = await Promise.all([...Array.from({ length: 49 }, () => create()), create(spelled)]);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(all.map(({ receipt }) => receipt.receipt_id)).size).toBe(1);
    await create(sampleReceipt(), { waitMs: 5_000 });
    expect(harness.register.documents).toHaveLength(1);
  });

  it('refuses a twin under another key, with the id and status of the first', async () => {
    const { receipt } = await create(sampleReceipt(), { idempotencyKey: 'try-1', waitMs: 5_000 });
    const twin = create(sampleReceipt(), { idempotencyKey: 'try-2' });
    await expect(twin).rejects.toMatchObject({
      code: 'receipt.twin',
      retryable: false,
      existing: { receiptId: receipt.receipt_id, status: 'registered' },
    });
    const replay = await create(sampleReceipt(), { idempotencyKey: 'try-1' });
    expect(replay).toMatchObject({ replayed: true, warnings: [] });
    expect(harness.register.documents).toHaveLength(1);
  });

  it('knows a twin in any order of positions and settlements', async () => {
    const { positions } = sampleReceipt();
    const given = {
      positions,
      settlements: [
        { type: 'cashless', sum: 150 },
        { type: 'prepayment', sum: 50 },
      ],
    } satisfies Parameters<typeof sampleReceipt>[0];
    const turned = { positions: positions.toReversed(), settlements: given.settlements.toReversed() };
    await create(sampleReceipt(given), { idempotencyKey: 'try-1' });
    await expect(create(sampleReceipt(turned), { idempotencyKey: 'try-2' })).rejects.toMatchObject({
      code: 'receipt.twin',
    });
    expect(await create(sampleReceipt(turned))).toMatchObject({ replayed: true });
  });

  it('knows a twin in another spelling of its texts', async () => {
    const [position] = sampleReceipt().positions;
    if (!position) throw new Error('The sample has no position.');
    // In one sign, the first name comes after the second; with its mark apart, before.
    const called = (name: string, email: string) =>
      sampleReceipt({
        positions: [name, 'Икра'].map((each) => ({ ...position, name: each })),
        customer: { email },
      });
    await create(called('Йод', 'buyer@example.com'), { idempotencyKey: 'try-1' });
    const turned = called('Йод'.normalize('NFD'), 'Buyer@Example.com');
    await expect(create(turned, { idempotencyKey: 'try-2' })).rejects.toMatchObject({ code: 'receipt.twin' });
    expect(await create(turned)).toMatchObject({ replayed: true });
    await expect(
      create(called('Иод', 'buyer@example.com'), { idempotencyKey: 'try-1' }),
    ).rejects.toMatchObject({ code: 'idempotency.conflict' });
  });

  it('takes the null of a caller without types for no key', async () => {
    const keyless = JSON.parse('{ "idempotencyKey": null }');
    const all = [create(sampleReceipt(), keyless), create(sampleReceipt({ payment_id: '2' }), keyless)];
    const [one, other] = await Promise.all(all);
    expect(one?.receipt.receipt_id).not.toBe(other?.receipt.receipt_id);
    await expect(create(sampleReceipt(), JSON.parse('{ "idempotencyKey": 5 }'))).rejects.toMatchObject({
      code: 'idempotency.key.format',
    });
  });

  it('takes an equal receipt without a key for a repeat, and says so', async () => {
    const events: LedgerSignal[] = [];
    harness.ledger.observe((event) => events.push(event));
    const { receipt } = await create(sampleReceipt(), { idempotencyKey: 'try-1' });
    const again = await create();
    expect(again).toMatchObject({
      replayed: true,
      receipt: { receipt_id: receipt.receipt_id },
      warnings: [{ code: 'receipt.same-content', path: '$', severity: 'warning' }],
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'replayed', hadKey: false }));
    await expect(create(sampleReceipt(), { idempotencyKey: 'try-2' })).rejects.toMatchObject({
      code: 'receipt.twin',
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'twin-refused' }));
  });

  it('makes a second receipt that is meant, under a key of its own', async () => {
    const first = await create();
    const meant = { twin: 'meant', idempotencyKey: 'two' } as const;
    const second = await create(sampleReceipt(), meant);
    expect(second).toMatchObject({ replayed: false, warnings: [] });
    expect(second.receipt.receipt_id).not.toBe(first.receipt.receipt_id);
    expect((await create(sampleReceipt(), meant)).receipt.receipt_id).toBe(second.receipt.receipt_id);
    await expect(create(sampleReceipt(), { twin: 'meant' })).rejects.toMatchObject({
      code: 'idempotency.key.missing',
    });
  });

  it('takes twins where the merchant says that they are meant', async () => {
    const { ledger, close } = openLedger({ twins: 'accepted' });
    const ids = new Set<string>();
    for (const idempotencyKey of ['one', 'two', 'one']) {
      const created = await ledger.receipts.create({ merchant, receipt: sampleReceipt(), idempotencyKey });
      ids.add(created.receipt.receipt_id);
    }
    expect(ids.size).toBe(2);
    await close();
  });

  it('takes a corrected or an equal receipt after a rejected one', async () => {
    harness.register.script.push({ kind: 'refuse' });
    const first = await create(sampleReceipt(), { idempotencyKey: 'one', waitMs: 5_000 });
    expect(first.receipt.status).toBe('rejected');
    const second = await create(sampleReceipt(), { idempotencyKey: 'two', waitMs: 5_000 });
    expect(second).toMatchObject({ replayed: false, receipt: { status: 'registered' } });
  });

  it('refuses other content under a used key', async () => {
    await create(sampleReceipt(), { idempotencyKey: 'one' });
    const other = create(sampleReceipt({ payment_id: 1 }), { idempotencyKey: 'one' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency.conflict', retryable: false });
  });

  it('never takes a key of the caller for a derived one', async () => {
    const derived = await create();
    const entry = await harness.store.get(merchant, derived.receipt.receipt_id);
    const copied = create(sampleReceipt(), { idempotencyKey: entry?.idempotencyKey ?? '' });
    await expect(copied).rejects.toMatchObject({ code: 'receipt.twin' });
  });

  it('knows a repeat after the configuration of the merchant changed', async () => {
    const { receipt } = await create();
    const entry = await harness.store.get(merchant, receipt.receipt_id);
    const changed = openLedger({ company: { inn: '7707083893', email: 'new@example.com' } });
    const again = await changed.ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    const other = await changed.store.get(merchant, again.receipt.receipt_id);
    expect(other?.idempotencyKey).toBe(entry?.idempotencyKey);
    await changed.close();
  });

  it.each([null, '', undefined, {}, { email: null }])(
    'knows a repeat that says %j for its company',
    async (company) => {
      const { receipt } = await create();
      const again = await create({
        ...sampleReceipt(),
        company,
        receipt_method: company === null ? null : '',
        total: '',
      });
      expect(again).toMatchObject({ replayed: true, receipt: { receipt_id: receipt.receipt_id } });
    },
  );

  it('fills in the company of the same INN by member, and knows its repeat after the configuration changed', async () => {
    const inn = '5544332219';
    const receipt = sampleReceipt({ company: { inn, email: 'mine@example.com' } });
    const created = await create(receipt);
    expect(created.receipt.company).toEqual({
      inn,
      email: 'mine@example.com',
      tax_system: 'osn',
      payment_address: 'shop.ru',
    });
    const entry = await harness.store.get(merchant, created.receipt.receipt_id);
    const changed = openLedger({ company: { inn, email: 'new@example.com', tax_system: 'patent' } });
    const spelt = {
      ...receipt,
      company: { inn: ` ${inn}`, email: 'mine@example.com', payment_address: null },
    };
    const again = await changed.ledger.receipts.create({ merchant, receipt: spelt });
    expect(again.receipt.company).toEqual({ inn, email: 'mine@example.com', tax_system: 'patent' });
    const other = await changed.store.get(merchant, again.receipt.receipt_id);
    expect(other?.contentDigest).toBe(entry?.contentDigest);
    await changed.close();
  });

  it('takes a company that is written out as it is configured for the configured one', async () => {
    const first = await create(sampleReceipt(), { idempotencyKey: 'one' });
    const inn = '5544332219';
    const company = {
      inn,
      email: 'shop@example.com',
      tax_system: 'osn',
      payment_address: 'shop.ru',
    } as const;
    expect(first.receipt.company).toEqual(company);
    const { email, ...members } = company;
    const existing = { receiptId: first.receipt.receipt_id };
    for (const said of [company, { inn }, { ...members, email }]) {
      const receipt = sampleReceipt({ company: said });
      const twin = create(receipt, { idempotencyKey: 'two' });
      await expect(twin).rejects.toMatchObject({ code: 'receipt.twin', existing });
      for (const given of [{}, { idempotencyKey: 'one' }]) {
        const again = await create(receipt, given);
        expect(again).toMatchObject({ replayed: true, receipt: { receipt_id: existing.receiptId } });
      }
    }
    const other = sampleReceipt({ company: { inn, email: 'mine@example.com' } });
    expect((await create(other, { idempotencyKey: 'two' })).replayed).toBe(false);
  });

  it('fills in nothing for another INN', async () => {
    const { receipt } = await create(sampleReceipt({ company: { inn: '7707083893' } }));
    expect(receipt.company).toEqual({ inn: '7707083893' });
  });

  it.each(['', 'ключ', 'a\nb', 'x'.repeat(256)])('refuses the key %j', async (idempotencyKey) => {
    const created = create(sampleReceipt(), { idempotencyKey });
    await expect(created).rejects.toMatchObject({ code: 'idempotency.key.format' });
    expect(await isEmpty()).toBe(true);
  });

  it('refuses a receipt with faults, names them all, stores and sends nothing', async () => {
    const receipt = { ...sampleReceipt({ settlements: [{ type: 'cashless', sum: 199.99 }] }), extra: 1 };
    const error = await create(receipt).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FiscalError);
    expect(error).toMatchObject({ code: 'receipt.invalid', retryable: false });
    const codes = error instanceof FiscalError ? error.faults.map(({ code }) => code) : [];
    expect(codes).toEqual(expect.arrayContaining(['field.unknown', 'receipt.settlements.mismatch']));
    expect(await isEmpty()).toBe(true);
  });

  it.each([null, 'text', 7, []])('refuses %j for a receipt', async (receipt) => {
    await expect(create(receipt)).rejects.toMatchObject({ code: 'receipt.invalid' });
  });

  it('refuses an unknown merchant, and a format that no provider takes', async () => {
    const stranger = harness.ledger.receipts.create({ merchant: 'nobody', receipt: sampleReceipt() });
    await expect(stranger).rejects.toMatchObject({ code: 'merchant.unknown' });
    const poor = openLedger({ providers: [] });
    const created = poor.ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    await expect(created).rejects.toMatchObject({ code: 'provider.unsupported' });
    await poor.close();
  });

  it('refuses two providers of one name', () => {
    expect(() => openLedger({ providers: [harness.register, harness.register] })).toThrow(
      expect.objectContaining({ code: 'merchant.duplicate' }),
    );
  });

  it('keeps doubtful receipts apart from faulty ones', async () => {
    const [position] = sampleReceipt().positions;
    if (!position) throw new Error('the sample has no position');
    const positions = [{ ...position, vat_code: 'vat_20' as const, quantity: 4 }];
    const { warnings } = await create(sampleReceipt({ positions }));
    expect(warnings.map(({ code }) => code)).toEqual(['receipt.vat.out-of-dates']);
    const strict = openLedger({ warningsAsFaults: true });
    const refused = strict.ledger.receipts.create({ merchant, receipt: sampleReceipt({ positions }) });
    await expect(refused).rejects.toMatchObject({ code: 'receipt.invalid' });
    await strict.close();
  });

  it('registers a refund after its sale', async () => {
    await create();
    const refund = sampleReceipt({ operation_type: 'sell_refund' });
    await create(refund, { waitMs: 5_000 });
    const operations = harness.register.documents.map(({ body }) => JSON.parse(body).operation_type);
    expect(operations).toEqual(['sell', 'sell_refund']);
  });

  it('warns of a refund of which there is no sale, and refuses it where warnings are faults', async () => {
    const refund = sampleReceipt({ operation_type: 'sell_refund' });
    const warning = { code: 'refund.without-sale', path: '$.operation_type', severity: 'warning' };
    expect(await harness.ledger.receipts.validate({ merchant, receipt: refund })).toMatchObject({
      ok: true,
      warnings: [warning],
    });
    expect((await create(refund)).warnings).toMatchObject([warning]);
    expect((await create(refund)).warnings).toContainEqual(expect.objectContaining(warning));
    await create(sampleReceipt({ customer: { email: 'late@example.com' } }));
    expect((await create(refund)).warnings).not.toContainEqual(expect.objectContaining(warning));

    const strict = openLedger({ warningsAsFaults: true });
    const { receipts } = strict.ledger;
    await expect(receipts.create({ merchant, receipt: refund })).rejects.toMatchObject({
      code: 'receipt.invalid',
      faults: [warning],
    });
    expect(await receipts.validate({ merchant, receipt: refund })).toMatchObject({
      ok: false,
      faults: [warning],
    });
    expect(await strict.store.list({ merchant, offset: 0, limit: 1 })).toEqual([]);
    await receipts.create({ merchant, receipt: sampleReceipt() });
    expect((await receipts.create({ merchant, receipt: refund })).warnings).toEqual([]);
    await strict.close();
  });

  it('asks for no sale of what is no refund', async () => {
    const reads = [vi.spyOn(harness.store, 'knowsSale'), vi.spyOn(harness.store, 'ofPayment')];
    await create();
    await harness.ledger.receipts.validate({ merchant, receipt: sampleReceipt() });
    await create(sampleReceipt({ payment_id: 2, settlements: [{ type: 'prepayment', sum: 200 }] }));
    for (const read of reads) expect(read).not.toHaveBeenCalled();
  });

  it('tells observers of what is held, once', async () => {
    const held: string[] = [];
    harness.ledger.observe((event) => {
      if (event.type === 'held') held.push(event.entry.id);
    });
    harness.register.script.push({ kind: 'refuse' });
    await create(sampleReceipt(), { waitMs: 5_000 });
    const { receipt } = await create(sampleReceipt({ operation_type: 'sell_refund' }), { waitMs: 50 });
    expect(receipt).toMatchObject({ status: 'pending', error: null });
    expect(held).toEqual([receipt.receipt_id]);
    expect(harness.register.documents).toEqual([]);
    harness.register.script.push({ kind: 'refuse' });
    await create(sampleReceipt({ customer: { email: 'late@example.com' } }), { waitMs: 5_000 });
    expect(held).toHaveLength(1);
  });
});

describe('receipts.validate', () => {
  it('tells faults and warnings, and stores nothing', async () => {
    const { receipts } = harness.ledger;
    expect(await receipts.validate({ merchant, receipt: sampleReceipt() })).toMatchObject({
      ok: true,
      faults: [],
      receipt: { total: 200 },
    });
    const faulty = await receipts.validate({ merchant, receipt: sampleReceipt({ positions: [] }) });
    expect(faulty.ok).toBe(false);
    expect(faulty.faults.map(({ code }) => code)).toContain('receipt.positions.count');
    expect(await isEmpty()).toBe(true);
  });
});

describe('receipts.get, list and waitFor', () => {
  it('gives the receipt, in the zone asked for, to its merchant only', async () => {
    const { receipts } = harness.ledger;
    const created = await create(sampleReceipt(), { waitMs: 5_000 });
    const id = created.receipt.receipt_id;
    expect(await receipts.get({ merchant, id })).toEqual(created.receipt);
    const moscow = await receipts.get({ merchant, id, utcOffsetHours: 3 });
    expect(moscow?.created_at).toBe('04.05.2026 13:00:00');
    expect(await receipts.get({ merchant: 'other', id })).toBeNull();
    expect(await receipts.get({ merchant, id: 'no-such-id' })).toBeNull();
  });

  it('lists by day, payment, status, total and position', async () => {
    const { receipts } = harness.ledger;
    const first = await create(sampleReceipt(), { waitMs: 5_000 });
    harness.register.usually = { kind: 'hang' };
    const second = await create(sampleReceipt({ payment_id: 2 }));
    const ids = async (filter: object) => {
      const query = { offset: 0, limit: 20, ...filter };
      return (await receipts.list({ merchant, query })).map(({ receipt_id }) => receipt_id);
    };
    const both = [second.receipt.receipt_id, first.receipt.receipt_id];
    expect(await ids({})).toEqual(both);
    expect(await ids({ limit: 1, offset: 1 })).toEqual(both.slice(1));
    expect(await ids({ payment_id: '2' })).toEqual(both.slice(0, 1));
    expect(await ids({ status: 'registered' })).toEqual(both.slice(1));
    expect(await ids({ status: 'pending' })).toEqual(both.slice(0, 1));
    expect(await ids({ total: 200, name: 'Товар №2', operation_type: 'sell' })).toEqual(both);
    expect(await ids({ name: 'Товар' })).toEqual([]);
    const day = (first: string, last: string) => ({ 'created_at[gte]': first, 'created_at[lte]': last });
    expect(await ids(day('2026-05-04', '2026-05-04'))).toEqual(both);
    expect(await ids(day('2026-05-05', '2026-05-31'))).toEqual([]);
    // 10:00 UTC is midnight of the next day at UTC+14.
    expect(await ids({ ...day('2026-05-05', '2026-05-05'), utc: 14 })).toEqual(both);
    expect(await ids({ ...day('2026-05-04', '2026-05-04'), utc: 14 })).toEqual([]);
  });

  it('waits for the final state of a receipt', async () => {
    const { receipts } = harness.ledger;
    harness.register.usually = { kind: 'pend', polls: 5 };
    const { receipt } = await create();
    const settled = await receipts.waitFor({ merchant, id: receipt.receipt_id, timeoutMs: 5_000 });
    expect(settled?.status).toBe('registered');
    expect(await receipts.waitFor({ merchant, id: 'no-such-id', timeoutMs: 5_000 })).toBeNull();
  });
});
