import type { Entry } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { describe, expect, it } from 'vitest';
import { Chance } from '../generator/chance.js';
import { DocumentGenerator } from '../generator/document-generator.js';
import { merchantOf } from '../generator/merchants.js';
import type {
  PlannedConfirmation,
  PlannedDocument,
  PlannedLine,
  PlannedReceipt,
} from '../generator/planned-document.js';
import { freedompay } from '../providers/freedompay.js';
import { reconcile } from './checker.js';
import type { RegisteredReceipt } from './identity.js';
import type { Observations } from './observations.js';
import type { StoredRow } from './stored-documents.js';

const generator = new DocumentGenerator(new Chance(1, 'books'), freedompay.shops);
const { document: sale } = generator.receipt();
const { document: refund } = generator.refundOf(sale);
const { document: rejected } = generator.receipt({ outcome: 'rejected' });
const { document: confirmed } = generator.confirmation();
const named = { ...refund, name: 'refund' };

const piece = { goods: 'Tea', priceMinor: 3_333, paymentMethod: 'full_payment' } as const;
const pieces = (quantity: number) => [{ ...piece, quantity }];
const [one, two, three] = [pieces(1), pieces(2), pieces(3)];
const { document: bought } = generator.receipt({ lines: three });
const { document: prepaid } = generator.receipt({ lines: ahead(three) });

const linkOf = ({ name }: PlannedReceipt) => `https://example.com/${name}`;

/**
 * Returns the status that provider and clients show: a dropped document is not there, or it is registered.
 */
function statusOf({ outcome }: PlannedDocument) {
  return outcome === 'dropped' ? 'registered' : outcome;
}

function documentOf(planned: PlannedReceipt): RegisteredReceipt {
  const { merchant, paymentId, operation, totalMinor, lines, ground } = planned;
  const status = statusOf(planned);
  const positions = lines.map(({ goods, priceMinor, quantity, paymentMethod }) => ({
    name: goods,
    price: priceMinor / 100,
    quantity,
    payment_method: paymentMethod,
  }));
  return {
    receipt_id: `document of ${planned.name}`,
    merchant_id: merchantOf(merchant).providerId,
    payment_id: paymentId,
    operation_type: operation,
    total: totalMinor / 100,
    positions: positions as unknown as JournalledReceipt['positions'],
    status,
    created_at: '2026-05-04T10:00:00.000Z',
    registered_at: null,
    mark: null,
    link: status === 'registered' ? linkOf(planned) : null,
    writing: [],
    ground,
  };
}

/** Returns an entry, as far as the checker reads it. */
function entryOf(planned: PlannedReceipt | PlannedConfirmation): Entry {
  const isReceipt = planned.kind === 'receipt';
  const entry = {
    id: `entry of ${planned.name}`,
    merchant: planned.merchant,
    operation: isReceipt ? 'receipt' : `confirmation.${planned.wallet}`,
    facets: {
      paymentId: planned.paymentId,
      operationType: isReceipt ? planned.operation : null,
      totalMinor: isReceipt ? planned.totalMinor : null,
    },
    state: statusOf(planned),
    providerDocumentId: isReceipt ? `document of ${planned.name}` : null,
    registration:
      isReceipt && planned.outcome === 'registered'
        ? { link: linkOf(planned), mark: { country: 'ru', fiscal_document_number: planned.name } }
        : null,
    reason: null,
  };
  return entry as unknown as Entry;
}

function reportedOf(planned: PlannedReceipt | PlannedConfirmation): Observations['reported'][number] {
  const isReceipt = planned.kind === 'receipt';
  const isRegistered = isReceipt && planned.outcome === 'registered';
  const final = {
    status: statusOf(planned),
    documentNumber: isRegistered ? planned.name : null,
    link: isRegistered ? linkOf(planned) : null,
  };
  return {
    document: planned,
    ids: new Set(isReceipt ? [`entry of ${planned.name}`] : []),
    finals: new Map([[JSON.stringify(final), final]]),
  };
}

/** Returns observations of a sale, its refund, a rejected sale and a confirmation, without violations. */
function soundObservations() {
  const planned = [sale, named, rejected, confirmed];
  const { wallet, paymentId, link } = confirmed;
  return {
    planned,
    reported: planned.map(reportedOf),
    superseded: new Map<string, PlannedDocument>(),
    stored: planned.map((document) => ({
      entry: entryOf(document),
      rows: [] as StoredRow[],
      brokenChain: null as string | null,
      afterOutcome: [] as number[],
    })),
    provider: {
      receipts: [sale, named, rejected].map(documentOf),
      confirmations: [{ wallet, payment_id: paymentId, qr_code: link, at: '', repeats: 3 }],
    },
  };
}

type WritableObservations = ReturnType<typeof soundObservations>;

function kindsIn(change: (observations: WritableObservations) => void): string[] {
  const observations = soundObservations();
  change(observations);
  return [...new Set(reconcile(observations).map(({ kind }) => kind))].sort();
}

describe('the reconciliation', () => {
  it('finds nothing in sound observations', () => {
    expect(kindsIn(() => {})).toEqual([]);
  });

  it.each<[string, string[], (observations: WritableObservations) => void]>([
    ['a document that the provider never got', ['lost'], ({ provider }) => provider.receipts.splice(1, 1)],
    ['a rejected document that the provider never got', ['lost'], ({ provider }) => provider.receipts.pop()],
    ['a confirmation that the provider never got', ['lost'], ({ provider }) => provider.confirmations.pop()],
    [
      'two entries with one document',
      ['lost', 'stored-not-told'],
      ({ stored }) => stored.push({ ...stored[0], entry: { ...entryOf(sale), id: 'another' } } as never),
    ],
    [
      'a document that the provider has twice',
      ['doubled'],
      ({ provider }) => provider.receipts.push({ ...documentOf(sale), receipt_id: 'second' }),
    ],
    [
      'a document that nobody planned',
      ['doubled'],
      ({ provider }) => provider.receipts.push({ ...documentOf(sale), receipt_id: 'other', payment_id: '1' }),
    ],
    [
      'a confirmation that nobody planned',
      ['doubled'],
      ({ provider }) =>
        provider.confirmations.push({ wallet: 'uzum', payment_id: '1', qr_code: '', at: '', repeats: 0 }),
    ],
    [
      'one request with two receipts',
      ['doubled', 'told-not-stored'],
      ({ reported }) => reported.splice(0, 1, reportedTwoIds()),
    ],
    [
      'a refund before its sale',
      ['out-of-order', 'refund-without-sale'],
      ({ provider }) => provider.receipts.reverse(),
    ],
    ['an entry that is gone', ['told-not-stored'], ({ stored }) => stored.shift()],
    ['a confirmation that is gone', ['told-not-stored'], ({ stored }) => stored.pop()],
    [
      'an entry that was reported to nobody',
      ['stored-not-told', 'unfinished'],
      ({ reported }) => reported.shift(),
    ],
    [
      'a client that another document was reported to',
      ['told-otherwise'],
      ({ reported }) => reported.splice(0, 1, reportedOtherwise()),
    ],
    [
      'a document without a reported outcome',
      ['unfinished'],
      ({ reported }) => reported.splice(0, 1, { ...reportedOf(sale), finals: new Map() }),
    ],
    [
      'an entry without an outcome',
      ['told-otherwise', 'unfinished'],
      ({ stored }) => setState(stored[0], 'unknown'),
    ],
    [
      'an entry with another outcome',
      ['stored-otherwise', 'told-otherwise'],
      ({ stored }) => setState(stored[0], 'rejected'),
    ],
    [
      'a payment with another link',
      ['stored-otherwise'],
      ({ provider }) =>
        provider.confirmations.splice(0, 1, {
          ...soundObservations().provider.confirmations[0],
          qr_code: generator.link(),
        } as never),
    ],
    [
      'a broken chain',
      ['broken-chain'],
      ({ stored }) => Object.assign(stored[0] ?? {}, { brokenChain: 'row 2' }),
    ],
    ['an outcome that was changed', ['outcome-changed'], ({ stored }) => stored[0]?.afterOutcome.push(6)],
  ])('sees %s', (_, kinds, change) => {
    expect(kindsIn(change)).toEqual(kinds);
  });

  it('counts corrections by their ground, those of no payment in any order', () => {
    const [own, other] = ['2026-01-10', '2026-01-11'].map((base_date) => {
      const ground = { type: 'self', base_date } as const;
      const { merchant } = sale;
      return generator.correction({ merchant, ground, operation: 'sell_correction', lines: one }).document;
    });
    if (own === undefined || other === undefined) throw new Error('two corrections');
    const change = (registered: PlannedReceipt[]) => (observations: WritableObservations) => {
      observations.planned.push(own, other);
      observations.reported.push(reportedOf(own), reportedOf(other));
      for (const document of [own, other]) {
        const entry = { ...entryOf(document), operation: 'correction' };
        observations.stored.push({ entry, rows: [], brokenChain: null, afterOutcome: [] });
      }
      observations.provider.receipts.push(...registered.map(documentOf));
    };
    expect(kindsIn(change([own, other]))).toEqual([]);
    expect(kindsIn(change([other, own]))).toEqual([]);
    expect(kindsIn(change([own, other, { ...own, name: 'again' }]))).toEqual(['doubled']);
    expect(kindsIn(change([own]))).toEqual(['lost']);
    expect(kindsIn(change([own, { ...other, ground: own.ground }]))).toEqual(['doubled', 'lost']);
  });

  it('waits with a held refund for the corrected sale, not for the order in which they were accepted', () => {
    const { paymentId, merchant } = rejected;
    const { document: held } = generator.refundOf(rejected, { isHeld: true });
    const { document: corrected } = generator.receipt({ merchant, paymentId });
    const change = (inOrder: PlannedReceipt[]) => (observations: WritableObservations) => {
      observations.planned.push(held, corrected);
      observations.reported.push(reportedOf(held), reportedOf(corrected));
      for (const document of [held, corrected])
        observations.stored.push({ entry: entryOf(document), rows: [], brokenChain: null, afterOutcome: [] });
      observations.provider.receipts.push(...inOrder.map(documentOf));
    };
    expect(kindsIn(change([corrected, held]))).toEqual([]);
    expect(kindsIn(change([held, corrected]))).toEqual(['out-of-order', 'refund-without-sale']);
  });

  it('does not expect a refund that the operator dropped, and sees one that was sent all the same', () => {
    const { document: dropped } = generator.refundOf(rejected, { isHeld: true, outcome: 'dropped' });
    const entry = { ...entryOf(dropped), state: 'rejected', providerDocumentId: null, registration: null };
    const byOperator = { ...entry, reason: { code: 'intervention.rejected', message: '' } } as Entry;
    const final = { status: 'rejected', documentNumber: null, link: null } as const;
    const change = (observations: WritableObservations) => {
      observations.planned.push(dropped);
      observations.reported.push({ ...reportedOf(dropped), finals: new Map([['rejected', final]]) });
      observations.stored.push({ entry: byOperator, rows: [], brokenChain: null, afterOutcome: [] });
    };
    expect(kindsIn(change)).toEqual([]);
    const goesOut = (observations: WritableObservations) => {
      change(observations);
      observations.provider.receipts.push(documentOf(dropped));
    };
    expect(kindsIn(goesOut)).toEqual(['refund-without-sale']);
  });

  it('expects what the operator resubmitted as another entry, in whatever order it comes then', () => {
    const again = { ...entryOf(sale), id: 'second' };
    const superseded = {
      ...entryOf(sale),
      state: 'rejected',
      providerDocumentId: null,
      registration: null,
      reason: { code: 'intervention.rejected', message: '' },
    } as Entry;
    const { document: later } = generator.receipt({ merchant: sale.merchant, paymentId: sale.paymentId });
    const resubmitted = ({
      planned,
      reported,
      superseded: resubmissions,
      stored,
      provider,
    }: WritableObservations) => {
      Object.assign(stored[0] ?? {}, { entry: superseded });
      for (const entry of [entryOf(later), again])
        stored.push({ entry, rows: [], brokenChain: null, afterOutcome: [] });
      planned.splice(1, 0, later);
      reported.splice(0, 1, { ...reportedOf(sale), ids: new Set(['second']) }, reportedOf(later));
      resubmissions.set(superseded.id, sale);
      provider.receipts.unshift(documentOf(later));
    };
    expect(kindsIn(resubmitted)).toEqual([]);
    expect(
      kindsIn((observations) => {
        resubmitted(observations);
        observations.superseded.clear();
      }),
    ).toEqual(['out-of-order', 'stored-not-told']);
  });

  it('leaves a doubtful entry to the operator, unless it is at the provider twice', () => {
    const reason = { code: 'provider.doubtful', message: '' };
    const doubt = ({ stored, reported }: WritableObservations) => {
      Object.assign(stored[1]?.entry ?? {}, { state: 'unknown', reason, providerDocumentId: null });
      reported.splice(1, 1, {
        ...reportedOf(named),
        ids: new Set([`entry of ${named.name}`]),
        finals: new Map(),
      });
    };
    expect(kindsIn(doubt)).toEqual([]);
    const twice = (observations: WritableObservations) => {
      doubt(observations);
      observations.provider.receipts.push({ ...documentOf(named), receipt_id: 'second' });
    };
    expect(kindsIn(twice)).toEqual(['doubled']);
  });

  it.each<[string, string[], () => PlannedReceipt[]]>([
    [
      'refunds that are the sale together',
      [],
      () => [bought, generator.derivedRefund(bought, one), generator.derivedRefund(bought, two)],
    ],
    [
      'refunds that are more than the sale',
      ['over-refunded'],
      () => [bought, generator.derivedRefund(bought, two), generator.derivedRefund(bought, two)],
    ],
    [
      'more refunds than the sale, one of them written by hand',
      [],
      () => [
        bought,
        generator.refundOf(bought, { lines: two }).document,
        generator.derivedRefund(bought, two),
      ],
    ],
    [
      'a refund of a sale that was rejected, and another of the corrected one',
      ['over-refunded'],
      () => [
        { ...bought, outcome: 'rejected' },
        { ...bought, name: 'corrected', lines: three },
        generator.derivedRefund(bought),
        generator.derivedRefund(bought, three),
      ],
    ],
    [
      'a delivery and refunds of both origins',
      [],
      () => [
        prepaid,
        generator.derivedClosing(prepaid, one),
        generator.derivedRefund(prepaid, ahead(two)),
        generator.derivedRefund(prepaid, one),
      ],
    ],
    [
      'more delivered than prepaid',
      ['over-refunded'],
      () => [prepaid, generator.derivedClosing(prepaid, two), generator.derivedClosing(prepaid, two)],
    ],
    [
      'delivered what was refunded',
      ['over-refunded'],
      () => [prepaid, generator.derivedRefund(prepaid, ahead(two)), generator.derivedClosing(prepaid, two)],
    ],
    [
      'more of a delivery refunded than was delivered',
      ['over-refunded'],
      () => [prepaid, generator.derivedClosing(prepaid, one), generator.derivedRefund(prepaid, two)],
    ],
  ])('looks at the sums of what the ledger made: %s', (_, kinds, documents) => {
    expect(kindsIn((observations) => addAll(observations, documents()))).toEqual(kinds);
  });

  it('expects requests of one moment at the provider in the order in which they were accepted', () => {
    const refund = generator.derivedRefund(prepaid, ahead(one));
    const closing = generator.derivedClosing(prepaid, one);
    const accepted = (observations: WritableObservations) => {
      addAll(observations, [prepaid, closing, refund]);
      observations.planned.splice(-2, 2, refund, closing);
    };
    expect(kindsIn(accepted)).toEqual([]);
    const overtaken = (observations: WritableObservations) => {
      accepted(observations);
      observations.provider.receipts.splice(-2, 2, documentOf(refund), documentOf(closing));
    };
    expect(kindsIn(overtaken)).toEqual(['out-of-order']);
  });

  it('takes a second rejected document for no fiscal document', () => {
    const again = { ...documentOf(rejected), receipt_id: 'second' };
    expect(kindsIn(({ provider }) => provider.receipts.push(again))).toEqual([]);
  });
});

/** Adds documents that are planned, accepted, reported and at the provider in this order. */
function addAll(observations: WritableObservations, documents: readonly PlannedReceipt[]): void {
  for (const document of documents) {
    observations.planned.push(document);
    observations.reported.push(reportedOf(document));
    observations.stored.push({ entry: entryOf(document), rows: [], brokenChain: null, afterOutcome: [] });
    observations.provider.receipts.push(documentOf(document));
  }
}

function ahead(lines: readonly PlannedLine[]): PlannedLine[] {
  return lines.map((line) => ({ ...line, paymentMethod: 'full_prepayment' }));
}

function reportedTwoIds() {
  return { ...reportedOf(sale), ids: new Set([`entry of ${sale.name}`, 'second']) };
}

function setState(stored: WritableObservations['stored'][number] | undefined, state: Entry['state']): void {
  Object.assign(stored?.entry ?? {}, { state });
}

function reportedOtherwise() {
  const final = { status: 'registered', documentNumber: 'another', link: null } as const;
  return { ...reportedOf(sale), finals: new Map([['another', final]]) };
}
