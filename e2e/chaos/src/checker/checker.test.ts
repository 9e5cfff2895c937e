import type { Entry } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { describe, expect, it } from 'vitest';
import { Chance } from '../generator/chance.js';
import { Pen } from '../generator/document-generator.js';
import { merchantOf } from '../generator/merchants.js';
import type { PlannedConfirmation, PlannedDocument, PlannedReceipt } from '../generator/planned-document.js';
import { reconcile } from './checker.js';
import type { Books } from './observations.js';
import type { StoredRow } from './stored-documents.js';

const pen = new Pen(new Chance(1, 'books'));
const { document: sale } = pen.receipt();
const { document: refund } = pen.refundOf(sale);
const { document: rejected } = pen.receipt({ outcome: 'rejected' });
const { document: confirmed } = pen.confirmation();
const named = { ...refund, name: 'refund' };

const linkOf = ({ name }: PlannedReceipt) => `https://example.com/${name}`;

/** What a provider and clients say of an outcome: a document that is dropped is not there, or it is registered. */
function statusOf({ outcome }: PlannedDocument) {
  return outcome === 'dropped' ? 'registered' : outcome;
}

function documentOf(planned: PlannedReceipt): JournalledReceipt {
  const { merchant, paymentId, operation, totalMinor, lines } = planned;
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
  };
}

/** An entry, as far as the books are about it. */
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

function toldOf(planned: PlannedReceipt | PlannedConfirmation): Books['told'][number] {
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

/** Books of a sale, its refund, a rejected sale and a confirmation, in which all is well. */
function goodBooks() {
  const planned = [sale, named, rejected, confirmed];
  const { wallet, paymentId, link } = confirmed;
  return {
    planned,
    told: planned.map(toldOf),
    givenUp: new Map<string, PlannedDocument>(),
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

type WritableBooks = ReturnType<typeof goodBooks>;

function kindsIn(change: (books: WritableBooks) => void): string[] {
  const books = goodBooks();
  change(books);
  return [...new Set(reconcile(books).map(({ kind }) => kind))].sort();
}

describe('the reconciliation', () => {
  it('finds nothing in books in which all is well', () => {
    expect(kindsIn(() => {})).toEqual([]);
  });

  it.each<[string, string[], (books: WritableBooks) => void]>([
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
      ({ told }) => told.splice(0, 1, toldTwoIds()),
    ],
    [
      'a refund before its sale',
      ['out-of-order', 'refund-without-sale'],
      ({ provider }) => provider.receipts.reverse(),
    ],
    ['an entry that is gone', ['told-not-stored'], ({ stored }) => stored.shift()],
    ['a confirmation that is gone', ['told-not-stored'], ({ stored }) => stored.pop()],
    ['an entry that nobody was told of', ['stored-not-told', 'unfinished'], ({ told }) => told.shift()],
    [
      'a client that was told another document',
      ['told-otherwise'],
      ({ told }) => told.splice(0, 1, toldOtherwise()),
    ],
    [
      'a document that nobody was told of',
      ['unfinished'],
      ({ told }) => told.splice(0, 1, { ...toldOf(sale), finals: new Map() }),
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
          ...goodBooks().provider.confirmations[0],
          qr_code: pen.link(),
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

  it('waits with a held refund for the corrected sale, not for the order in which they were handed in', () => {
    const { paymentId, merchant } = rejected;
    const { document: held } = pen.refundOf(rejected, { isHeld: true });
    const { document: corrected } = pen.receipt({ merchant, paymentId });
    const change = (inOrder: PlannedReceipt[]) => (books: WritableBooks) => {
      books.planned.push(held, corrected);
      books.told.push(toldOf(held), toldOf(corrected));
      for (const document of [held, corrected])
        books.stored.push({ entry: entryOf(document), rows: [], brokenChain: null, afterOutcome: [] });
      books.provider.receipts.push(...inOrder.map(documentOf));
    };
    expect(kindsIn(change([corrected, held]))).toEqual([]);
    expect(kindsIn(change([held, corrected]))).toEqual(['out-of-order', 'refund-without-sale']);
  });

  it('does not expect a refund that a person dropped, and sees one that went out all the same', () => {
    const { document: dropped } = pen.refundOf(rejected, { isHeld: true, outcome: 'dropped' });
    const entry = { ...entryOf(dropped), state: 'rejected', providerDocumentId: null, registration: null };
    const byPerson = { ...entry, reason: { code: 'intervention.rejected', message: '' } } as Entry;
    const final = { status: 'rejected', documentNumber: null, link: null } as const;
    const change = (books: WritableBooks) => {
      books.planned.push(dropped);
      books.told.push({ ...toldOf(dropped), finals: new Map([['rejected', final]]) });
      books.stored.push({ entry: byPerson, rows: [], brokenChain: null, afterOutcome: [] });
    };
    expect(kindsIn(change)).toEqual([]);
    const goesOut = (books: WritableBooks) => {
      change(books);
      books.provider.receipts.push(documentOf(dropped));
    };
    expect(kindsIn(goesOut)).toEqual(['refund-without-sale']);
  });

  it('expects what a person handed in again as another entry, in whatever order it came then', () => {
    const again = { ...entryOf(sale), id: 'second' };
    const givenUp = {
      ...entryOf(sale),
      state: 'rejected',
      providerDocumentId: null,
      registration: null,
      reason: { code: 'intervention.rejected', message: '' },
    } as Entry;
    const { document: later } = pen.receipt({ merchant: sale.merchant, paymentId: sale.paymentId });
    const handedInAgain = ({ planned, told, givenUp: book, stored, provider }: WritableBooks) => {
      Object.assign(stored[0] ?? {}, { entry: givenUp });
      for (const entry of [entryOf(later), again])
        stored.push({ entry, rows: [], brokenChain: null, afterOutcome: [] });
      planned.splice(1, 0, later);
      told.splice(0, 1, { ...toldOf(sale), ids: new Set(['second']) }, toldOf(later));
      book.set(givenUp.id, sale);
      provider.receipts.unshift(documentOf(later));
    };
    expect(kindsIn(handedInAgain)).toEqual([]);
    expect(
      kindsIn((books) => {
        handedInAgain(books);
        books.givenUp.clear();
      }),
    ).toEqual(['out-of-order', 'stored-not-told']);
  });

  it('takes a doubtful entry for a person’s to settle, unless it is at the provider twice', () => {
    const reason = { code: 'provider.doubtful', message: '' };
    const doubt = ({ stored, told }: WritableBooks) => {
      Object.assign(stored[1]?.entry ?? {}, { state: 'unknown', reason, providerDocumentId: null });
      told.splice(1, 1, { ...toldOf(named), ids: new Set([`entry of ${named.name}`]), finals: new Map() });
    };
    expect(kindsIn(doubt)).toEqual([]);
    const twice = (books: WritableBooks) => {
      doubt(books);
      books.provider.receipts.push({ ...documentOf(named), receipt_id: 'second' });
    };
    expect(kindsIn(twice)).toEqual(['doubled']);
  });

  it('takes a second rejected document for no fiscal document', () => {
    const again = { ...documentOf(rejected), receipt_id: 'second' };
    expect(kindsIn(({ provider }) => provider.receipts.push(again))).toEqual([]);
  });
});

function toldTwoIds() {
  return { ...toldOf(sale), ids: new Set([`entry of ${sale.name}`, 'second']) };
}

function setState(stored: WritableBooks['stored'][number] | undefined, state: Entry['state']): void {
  Object.assign(stored?.entry ?? {}, { state });
}

function toldOtherwise() {
  const final = { status: 'registered', documentNumber: 'another', link: null } as const;
  return { ...toldOf(sale), finals: new Map([['another', final]]) };
}
