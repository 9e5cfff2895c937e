import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from '../delivery/delivery-harness.fixture.js';
import type { Entry, EntryState } from '../entry/entry.js';
import type { OperatorAction } from '../entry/operator-action.js';
import type { LedgerSignal } from '../entry/signals.js';
import { firstBrokenRow } from '../journal/journal-row.js';
import { claimDue } from '../store/claim-due.fixture.js';
import type { InterventionService } from './intervention-service.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const qrCode = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
const russianQr = 't=20230329T173700&s=200.00&fn=9999078902005520&i=1234&fp=0123456789&n=1';
let harness: LedgerHarness;
let interventions: InterventionService;

beforeEach(() => {
  harness = openLedger();
  interventions = harness.ledger.interventions;
});

afterEach(() => harness.close());

function by(id: string, reason = 'The shop called.'): OperatorAction {
  return { id, by: 'vera', reason };
}

async function create(receipt = sampleReceipt(), given: { idempotencyKey?: string; waitMs?: number } = {}) {
  return (await harness.ledger.receipts.create({ merchant, receipt, ...given })).receipt;
}

function confirm(transaction_id = 'a', waitMs = 5_000) {
  const confirmation = { transaction_id, qr_code: qrCode };
  return harness.ledger.payments.confirm({ merchant, wallet: 'anor', confirmation, waitMs });
}

async function stuckOne(): Promise<Entry> {
  const [entry] = await interventions.stuck({ olderThanMs: 0 });
  if (!entry) throw new Error('nothing is stuck');
  return entry;
}

function reaches(id: string, state: EntryState): Promise<void> {
  return until(async () => (await harness.store.entry(id))?.state === state);
}

async function interventionsIn(id: string): Promise<unknown[]> {
  const history = await interventions.history(id);
  const details = history?.journal.map((row) => JSON.parse(row.details)) ?? [];
  return details.filter(({ action }) => action !== undefined);
}

/** A receipt whose answer was lost, and which the provider does not let be found. */
async function createUnknown(): Promise<string> {
  harness.register.script.push({ kind: 'lost' });
  vi.spyOn(harness.register, 'find').mockResolvedValue({
    kind: 'unknown',
    reason: { code: 'provider.timeout', message: 'Nothing came.' },
  });
  const { receipt_id: id } = await create();
  await reaches(id, 'unknown');
  return id;
}

describe('stuck and history', () => {
  it('list what is stuck after ten minutes, and tell all of one entry', async () => {
    const { receipt_id: id } = await create();
    expect(await interventions.stuck()).toEqual([]);
    expect((await stuckOne()).id).toBe(id);
    expect(await interventions.stuck({ olderThanMs: 0, merchant: 'other' })).toEqual([]);
    expect(await interventions.stuck({ olderThanMs: 0, states: ['parked'] })).toEqual([]);
    const history = await interventions.history(id);
    expect(history).toMatchObject({ entry: { id, merchant }, journal: [{ from: null, to: 'accepted' }] });
    expect(await interventions.history('no-such-id')).toBeNull();
  });

  it('take no more than a thousand at once', async () => {
    const query = vi.spyOn(harness.store, 'stuck');
    await interventions.stuck({ limit: 1_000_000 });
    expect(query).toHaveBeenCalledWith({ olderThanMs: 600_000, offset: 0, limit: 1_000 });
    await interventions.stuck();
    expect(query).toHaveBeenLastCalledWith({ olderThanMs: 600_000, offset: 0, limit: 100 });
  });
});

describe('park and retry', () => {
  it('stop an entry that was never sent, and send it', async () => {
    const { receipt_id: id } = await create();
    expect(await interventions.park(by(id, 'Wait for the accountant.'))).toMatchObject({
      id,
      state: 'parked',
    });
    await harness.ledger.start();
    expect((await create(sampleReceipt({ payment_id: 2 }), { waitMs: 5_000 })).status).toBe('registered');
    expect(harness.register.documents).toHaveLength(1);
    expect(await interventions.retry(by(id))).toMatchObject({ id, state: 'accepted' });
    await reaches(id, 'registered');
    expect(await interventionsIn(id)).toEqual([
      { action: 'park', by: 'vera', reason: 'Wait for the accountant.' },
      { action: 'retry', by: 'vera', reason: 'The shop called.' },
    ]);
    const history = await interventions.history(id);
    expect(history && firstBrokenRow(history.journal)).toBeNull();
  });

  it('never send what may have been sent without a search', async () => {
    await harness.ledger.start();
    const id = await createUnknown();
    await until(() =>
      interventions
        .park(by(id))
        .then(({ state }) => state === 'parked')
        .catch(() => false),
    );
    vi.mocked(harness.register.find).mockRestore();
    expect(await interventions.retry(by(id))).toMatchObject({ state: 'unknown' });
    await reaches(id, 'registered');
    expect(harness.register.documents).toHaveLength(1);
    expect(harness.register.calls.filter(({ step }) => step === 'submit')).toHaveLength(1);
  });

  it('make the next step due now', async () => {
    await harness.ledger.start();
    harness.register.script.push({ kind: 'down', retryAfterMs: 600_000 }, { kind: 'register' });
    const { receipt_id: id } = await create();
    await until(async () => ((await harness.store.entry(id))?.failures ?? 0) > 0);
    await interventions.retry(by(id));
    const entry = await harness.store.entry(id);
    expect(entry?.dueAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe('resolve', () => {
  it('makes a receipt registered by its link, with the mark that the link tells', async () => {
    const { receipt_id: id } = await create();
    const waiting = harness.ledger.receipts.waitFor({ merchant, id, timeoutMs: 5_000 });
    const outcome = { kind: 'registered', providerDocumentId: '77', link: russianQr } as const;
    expect(await interventions.resolve({ ...by(id), outcome })).toMatchObject({
      state: 'registered',
      providerDocumentId: '77',
      registration: {
        providerDocumentId: '77',
        link: null,
        mark: { country: 'ru', fiscal_document_number: '1234' },
      },
    });
    expect(await waiting).toMatchObject({ status: 'registered', fiscal_document_number: '1234' });
    expect(await interventionsIn(id)).toMatchObject([
      {
        action: 'resolve',
        provider_document: '77',
        registration_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('makes a confirmation registered, and keeps what was known of the document', async () => {
    await confirm('a', 0);
    const { id } = await stuckOne();
    expect(
      await interventions.resolve({ ...by(id), outcome: { kind: 'registered', link: qrCode } }),
    ).toMatchObject({
      registration: {
        providerDocumentId: null,
        link: qrCode,
        mark: { country: 'uz', receipt_number: '2421' },
      },
    });
    expect(await confirm()).toEqual({ state: 'registered', data: {}, replayed: true });
  });

  it('keeps the link of whichever operator shows the receipt', async () => {
    const links = [
      'https://lk.platformaofd.ru/web/noauth/cheque?fn=9999078900006286&fp=1867101308',
      'https://receipts.example.com/r/4711',
    ];
    for (const [at, link] of links.entries()) {
      const { receipt_id: id } = await create(sampleReceipt({ payment_id: at + 1 }));
      const outcome = { kind: 'registered', providerDocumentId: '4711', link } as const;
      expect((await interventions.resolve({ ...by(id), outcome })).registration).toMatchObject({
        link,
        mark: null,
      });
      expect(await harness.ledger.receipts.get({ merchant, id })).toMatchObject({
        status: 'registered',
        link,
      });
    }
  });

  it('keeps of a confirmation no link but one of the tax service', async () => {
    await confirm('a', 0);
    const { id } = await stuckOne();
    const link = 'https://receipts.example.com/r/4711';
    await expect(
      interventions.resolve({ ...by(id), outcome: { kind: 'registered', link } }),
    ).rejects.toMatchObject({
      code: 'link.host',
    });
  });

  it.each([null, ''])('takes %j for what was not found', async (nothing) => {
    const { receipt_id: id } = await create();
    const outcome = { kind: 'registered', providerDocumentId: nothing, link: nothing };
    const given = { ...by(id), outcome } as unknown as Parameters<InterventionService['resolve']>[0];
    expect((await interventions.resolve(given)).registration).toMatchObject({
      providerDocumentId: null,
      link: null,
    });
  });

  it('makes an entry rejected, and tells its owner so in words of ours', async () => {
    const { receipt_id: id } = await create();
    await interventions.resolve({ ...by(id, 'The shop gave up.'), outcome: { kind: 'rejected' } });
    expect(await harness.ledger.receipts.get({ merchant, id })).toMatchObject({
      status: 'rejected',
      error: { code: 'intervention.rejected', message: expect.not.stringContaining('shop') },
    });
    await harness.ledger.start();
    expect(harness.register.calls).toEqual([]);
  });

  it.each([
    ['link.host', 'https://example.com@evil.example/check?t=1'],
    ['link.scheme', 'http://example.com/check?t=1'],
    ['link.format', 'receipt'],
    ['intervention.invalid', qrCode],
    ['intervention.invalid', 5],
  ])('refuses with %s the link %j', async (code, link) => {
    const { receipt_id: id } = await create();
    const given = { ...by(id), outcome: { kind: 'registered', link } } as Parameters<
      typeof interventions.resolve
    >[0];
    await expect(interventions.resolve(given)).rejects.toMatchObject({ code });
    expect((await interventions.history(id))?.journal).toHaveLength(1);
  });

  it.each([
    [{ kind: 'registered', providerDocumentId: 'a\nb' }, '$.outcome.providerDocumentId'],
    [{ kind: 'sold' }, '$.outcome.kind'],
    [undefined, '$.outcome.kind'],
  ])('refuses the outcome %j', async (outcome, path) => {
    const { receipt_id: id } = await create();
    const given = { ...by(id), outcome } as unknown as Parameters<InterventionService['resolve']>[0];
    await expect(interventions.resolve(given)).rejects.toMatchObject({
      code: 'intervention.invalid',
      faults: [{ path }],
    });
  });
});

describe('resubmit', () => {
  const corrected = () => sampleReceipt({ customer: { email: 'new@example.com' } });

  async function createRejected(idempotencyKey?: string): Promise<string> {
    harness.register.script.push({ kind: 'refuse' });
    await harness.ledger.start();
    const receipt = await create(sampleReceipt(), {
      waitMs: 5_000,
      ...(idempotencyKey && { idempotencyKey }),
    });
    expect(receipt.status).toBe('rejected');
    return receipt.receipt_id;
  }

  it('hands the same document in again as a new entry, frozen anew', async () => {
    const id = await createRejected();
    expect((await stuckOne()).id).toBe(id);
    const next = await interventions.resubmit(by(id));
    expect(next.id).not.toBe(id);
    await reaches(next.id, 'registered');
    expect(await interventions.stuck({ olderThanMs: 0 })).toEqual([]);
    const [old, renewed] = [await harness.store.entry(id), await harness.store.entry(next.id)];
    expect(renewed?.document).toEqual(old?.document);
    expect(renewed?.orderingKey).toBe(old?.orderingKey);
    expect(renewed?.request.reference).toBe(next.id);
    expect(old).toMatchObject({ state: 'rejected', reason: { code: 'provider.rejected' } });
    expect(await interventionsIn(id)).toEqual([
      { action: 'resubmit', by: 'vera', reason: 'The shop called.', successor: next.id },
    ]);
  });

  it('hands a corrected document in', async () => {
    const id = await createRejected();
    const next = await interventions.resubmit({ ...by(id), document: corrected() });
    await reaches(next.id, 'registered');
    expect(JSON.parse(harness.register.documents[0]?.body ?? '')).toMatchObject({
      customer: { email: 'new@example.com' },
    });
  });

  it('makes no second live receipt, whoever was first', async () => {
    const id = await createRejected('a');
    const again = await interventions.resubmit(by(id));
    await reaches(again.id, 'registered');
    await expect(create(sampleReceipt(), { idempotencyKey: 'b' })).rejects.toMatchObject({
      code: 'receipt.twin',
      existing: { receiptId: again.id, status: 'registered' },
    });
  });

  it('stands corrected for what was rejected: the original under another key is its twin', async () => {
    const id = await createRejected('a');
    const again = await interventions.resubmit({ ...by(id), document: corrected() });
    await reaches(again.id, 'registered');
    await expect(create(sampleReceipt(), { idempotencyKey: 'b' })).rejects.toMatchObject({
      code: 'receipt.twin',
      existing: { receiptId: again.id, status: 'registered' },
    });
    expect(await create(sampleReceipt(), { idempotencyKey: 'a' })).toMatchObject({ receipt_id: again.id });
    expect(await create(sampleReceipt())).toMatchObject({ receipt_id: again.id });
    expect(harness.register.documents).toHaveLength(1);
  });

  it('is refused when the caller has handed the same in under another key, unless a second one is meant', async () => {
    const id = await createRejected('a');
    const other = await create(sampleReceipt(), { idempotencyKey: 'b', waitMs: 5_000 });
    expect(other.status).toBe('registered');
    await expect(interventions.resubmit(by(id))).rejects.toMatchObject({
      code: 'receipt.twin',
      existing: { receiptId: other.receipt_id },
    });
    const meant = await interventions.resubmit({ ...by(id), twin: 'meant' });
    await reaches(meant.id, 'registered');
    expect(harness.register.documents).toHaveLength(2);
  });

  it('is refused when the corrected document is there already', async () => {
    const id = await createRejected('a');
    await create(corrected(), { idempotencyKey: 'b', waitMs: 5_000 });
    const document = corrected();
    await expect(interventions.resubmit({ ...by(id), document })).rejects.toMatchObject({
      code: 'receipt.twin',
    });
  });

  it('makes one new entry, however often it is asked to', async () => {
    const id = await createRejected();
    const all = await Promise.all(Array.from({ length: 5 }, () => interventions.resubmit(by(id))));
    expect(new Set(all.map((entry) => entry.id)).size).toBe(1);
    await reaches(all[0]?.id ?? '', 'registered');
    expect(harness.register.documents).toHaveLength(1);
    expect(await interventionsIn(id)).toHaveLength(5);
    const other = interventions.resubmit({ ...by(id), document: corrected() });
    await expect(other).rejects.toMatchObject({ code: 'entry.state' });
  });

  it.each([undefined, 'order-1'])(
    'answers who repeats the rejected request with the newest version (key %s)',
    async (idempotencyKey) => {
      const id = await createRejected(idempotencyKey);
      harness.register.script.push({ kind: 'refuse' });
      const second = await interventions.resubmit(by(id));
      await reaches(second.id, 'rejected');
      const third = await interventions.resubmit({ ...by(second.id), document: corrected() });
      await reaches(third.id, 'registered');
      const again = await harness.ledger.receipts.create({
        merchant,
        receipt: sampleReceipt(),
        ...(idempotencyKey && { idempotencyKey }),
      });
      expect(again).toMatchObject({
        replayed: true,
        receipt: { receipt_id: third.id, status: 'registered' },
      });
      expect((await interventions.resubmit(by(id))).id).toBe(third.id);
      expect(harness.register.documents).toHaveLength(1);
    },
  );

  it('takes confirmations too', async () => {
    harness.wallet.script.push({ kind: 'refuse' });
    await harness.ledger.start();
    expect(await confirm()).toMatchObject({ state: 'rejected' });
    const next = await interventions.resubmit(by((await stuckOne()).id));
    await reaches(next.id, 'registered');
    expect(await confirm()).toMatchObject({ state: 'registered', replayed: true });
  });

  it('refuses a document with faults, or for another payment, and does nothing', async () => {
    const id = await createRejected();
    const attempt = (document: unknown) => interventions.resubmit({ ...by(id), document });
    await expect(attempt({})).rejects.toMatchObject({ code: 'receipt.invalid' });
    await expect(attempt(null)).rejects.toMatchObject({ code: 'receipt.invalid' });
    await expect(attempt(sampleReceipt({ payment_id: 2 }))).rejects.toMatchObject({
      code: 'intervention.invalid',
      faults: [{ path: '$.document' }],
    });
    expect(await interventionsIn(id)).toEqual([]);
    expect((await stuckOne()).id).toBe(id);
  });

  it('can be repeated when it was cut short', async () => {
    const id = await createRejected();
    vi.spyOn(harness.store, 'intervene').mockRejectedValueOnce(new Error('cut off'));
    await expect(interventions.resubmit(by(id))).rejects.toThrow('cut off');
    const next = await interventions.resubmit(by(id));
    await reaches(next.id, 'registered');
    expect(harness.register.documents).toHaveLength(1);
    expect(await interventionsIn(id)).toMatchObject([{ action: 'resubmit', successor: next.id }]);
  });
});

describe('every intervention', () => {
  const everyKind: [string, (given: OperatorAction) => Promise<Entry>][] = [
    ['retry', (given) => interventions.retry(given)],
    ['park', (given) => interventions.park(given)],
    ['resolve', (given) => interventions.resolve({ ...given, outcome: { kind: 'rejected' } })],
    ['resubmit', (given) => interventions.resubmit(given)],
  ];

  it.each(everyKind)('%s says who and why, in bounds', async (_name, action) => {
    const { receipt_id: id } = await create();
    const said: Record<string, Record<string, RegExp>> = {
      'field.length': { '$.by': /1–64 characters/, '$.reason': /1–500 characters/ },
      'field.format': { '$.by': /a single line/, '$.reason': /more than blanks/ },
    };
    const faulty: [Partial<OperatorAction>, string, string][] = [
      [{ by: '' }, '$.by', 'field.length'],
      [{ by: ' ' }, '$.by', 'field.format'],
      [{ by: 'a\nb' }, '$.by', 'field.format'],
      [{ by: 'x'.repeat(65) }, '$.by', 'field.length'],
      [{ reason: '' }, '$.reason', 'field.length'],
      [{ reason: '\n' }, '$.reason', 'field.format'],
      [{ reason: 'x'.repeat(501) }, '$.reason', 'field.length'],
    ];
    for (const [given, path, code] of faulty) {
      await expect(action({ ...by(id), ...given })).rejects.toMatchObject({
        code: 'intervention.invalid',
        retryable: false,
        faults: [{ path, code, message: expect.stringMatching(said[code]?.[path] ?? '') }],
      });
    }
    const silent = action({ id } as OperatorAction);
    await expect(silent).rejects.toMatchObject({ faults: [{ path: '$.by' }, { path: '$.reason' }] });
    expect((await interventions.history(id))?.journal).toHaveLength(1);
  });

  it.each(everyKind)('%s needs an entry', async (_name, action) => {
    await expect(action(by('no-such-id'))).rejects.toMatchObject({
      code: 'entry.not-found',
      retryable: false,
    });
  });

  it.each(everyKind)('%s is refused where the state does not allow it', async (name, action) => {
    harness.register.script.push({ kind: name === 'resubmit' ? 'register' : 'refuse' });
    await harness.ledger.start();
    const { receipt_id: id } = await create(sampleReceipt(), { waitMs: 5_000 });
    await expect(action(by(id))).rejects.toMatchObject({ code: 'entry.state', retryable: false });
  });

  it.each(everyKind.slice(0, 3))('%s waits for no worker', async (_name, action) => {
    harness.register.usually = { kind: 'hang' };
    await harness.ledger.start();
    const { receipt_id: id } = await create();
    await reaches(id, 'sending');
    await expect(action(by(id))).rejects.toMatchObject({ code: 'entry.busy', retryable: true });
  });

  it('is refused when the entry changes meanwhile', async () => {
    const { receipt_id: id } = await create();
    const read = harness.store.entry.bind(harness.store);
    vi.spyOn(harness.store, 'entry').mockImplementationOnce(async (query) => {
      const entry = await read(query);
      await claimDue(harness.store, { provider: 'register', limit: 1, leaseMs: 1_000, worker: 'quick' });
      return entry;
    });
    await expect(interventions.park(by(id))).rejects.toMatchObject({ code: 'entry.busy', retryable: true });
  });

  it('is told to observers without its reason', async () => {
    const events: LedgerSignal[] = [];
    const { receipt_id: id } = await create();
    harness.ledger.observe((event) => events.push(event));
    await interventions.park(by(id));
    const entry = await interventions.retry(by(id));
    expect(events).toMatchObject([
      { type: 'intervention', action: 'park', entry: { id, state: 'parked' }, from: 'accepted', by: 'vera' },
      { type: 'intervention', action: 'retry', entry, from: 'parked', by: 'vera' },
    ]);
    expect(JSON.stringify(events)).not.toContain('called');
  });

  it('that ends an entry is heard by handlers', async () => {
    const heard: string[] = [];
    harness.ledger.events.on('mail', ['receipt.registered'], ({ entry }) => {
      heard.push(entry.id);
    });
    harness.register.usually = { kind: 'down' };
    await harness.ledger.start();
    const { receipt_id: id } = await create();
    await until(() =>
      interventions
        .park(by(id))
        .then(() => true)
        .catch(() => false),
    );
    await interventions.resolve({ ...by(id), outcome: { kind: 'registered' } });
    await until(() => heard.includes(id));
  });
});
