import type { Entry } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { describe, expect, it } from 'vitest';
import { Chance } from '../generator/chance.js';
import { DocumentGenerator } from '../generator/document-generator.js';
import { merchantOf } from '../generator/merchants.js';
import type { PlannedReceipt } from '../generator/planned-document.js';
import { freedompay } from '../providers/freedompay.js';
import { checkRecognition, countRecognition } from './recognition.js';
import type { StoredDocument, StoredRow } from './stored-documents.js';

const generator = new DocumentGenerator(new Chance(1, 'recognition'), freedompay.shops);

const illegibleName = 'illegible';
const sent: StoredRow[] = [
  { from: null, to: 'accepted', details: {} },
  { from: 'accepted', to: 'sending', details: {} },
];
const lost: StoredRow[] = [...sent, { from: 'sending', to: 'unknown', details: { reason: 'network' } }];
const found: StoredRow = { from: 'unknown', to: 'registered', details: { provider_document: 'd' } };
const doubtfulRow: StoredRow = { from: 'unknown', to: 'unknown', details: { reason: 'provider.doubtful' } };
const settled: StoredRow = {
  from: 'unknown',
  to: 'registered',
  details: { action: 'resolve', provider_document: 'd' },
};

const sequences: Record<string, StoredRow[]> = {
  answered: [...sent, { from: 'sending', to: 'registered', details: { provider_document: 'd' } }],
  recognised: [...lost, found],
  'recognised after doubt': [...lost, doubtfulRow, found],
  'settled by the operator': [...lost, doubtfulRow, settled],
  'never registered': [
    ...lost,
    doubtfulRow,
    { from: 'unknown', to: 'rejected', details: { action: 'resolve' } },
  ],
  'refused when it was sent again': [
    ...lost,
    { from: 'unknown', to: 'accepted', details: {} },
    { from: 'accepted', to: 'sending', details: {} },
    { from: 'sending', to: 'pending', details: { provider_document: 'd' } },
    { ...doubtfulRow, from: 'pending' },
    { from: 'unknown', to: 'rejected', details: { action: 'resolve' } },
  ],
  left: [...lost, doubtfulRow],
};

function stored(
  { merchant, paymentId, operation, totalMinor }: PlannedReceipt,
  rows: StoredRow[],
): StoredDocument {
  const last = rows.at(-1);
  const entry = {
    merchant,
    operation: 'receipt',
    facets: { paymentId, operationType: operation, totalMinor },
    state: last?.to,
    reason: last?.details.reason === undefined ? null : { code: last.details.reason, message: '' },
  };
  return { entry: entry as Entry, rows, brokenChain: null, afterOutcome: [] };
}

function registered(document: PlannedReceipt): JournalledReceipt {
  const { merchant, paymentId, operation, totalMinor, lines } = document;
  const receipt = {
    merchant_id: merchantOf(merchant).providerId,
    payment_id: paymentId,
    operation_type: operation,
    total: totalMinor / 100,
    positions: lines.map(({ goods, quantity, priceMinor, paymentMethod }) => ({
      name: goods,
      quantity,
      price: priceMinor / 100,
      payment_method: paymentMethod,
    })),
    status: 'registered',
    writing: document.name === illegibleName ? ['minor-total'] : [],
  };
  return receipt as unknown as JournalledReceipt;
}

function count(documents: readonly (readonly [PlannedReceipt, StoredRow[], number])[]) {
  return countRecognition({
    planned: documents.map(([document]) => document),
    stored: documents.map(([document, rows]) => stored(document, rows)),
    reported: [],
    superseded: new Map(),
    provider: {
      receipts: documents.flatMap(([document, , times]) =>
        Array.from({ length: times }, () => registered(document)),
      ),
      confirmations: [],
    },
  });
}

describe('the recognition of lost answers', () => {
  it.each([
    ['answered', 1, { lost: 0, recognised: 0, doubtful: 0 }],
    ['recognised', 1, { lost: 1, recognised: 1, doubtful: 0 }],
    ['recognised after doubt', 1, { lost: 1, recognised: 1, doubtful: 0 }],
    ['settled by the operator', 1, { lost: 1, recognised: 0, doubtful: 1 }],
    ['never registered', 0, { lost: 0, recognised: 0, doubtful: 1 }],
    ['refused when it was sent again', 0, { lost: 0, recognised: 0, doubtful: 1 }],
    ['left', 1, { lost: 1, recognised: 0, doubtful: 1 }],
    ['left', 0, { lost: 0, recognised: 0, doubtful: 1 }],
    ['answered', 3, { lost: 2, recognised: 0, doubtful: 0 }],
  ])('counts what was %s and is %i times at the provider', (sequence, times, expected) => {
    expect(count([[generator.receipt().document, sequences[sequence] ?? [], times]])).toEqual(expected);
  });

  it('leaves out payments whose ids are the same number, but not what is doubtful of them', () => {
    const { document } = generator.receipt({ paymentId: '7' });
    const alike = { ...document, paymentId: '007' };
    const rows = sequences['settled by the operator'] ?? [];
    expect(
      count([
        [document, rows, 1],
        [alike, sequences.recognised ?? [], 1],
      ]),
    ).toEqual({
      lost: 0,
      recognised: 0,
      doubtful: 1,
    });
  });

  it('leaves out payments of which nobody can tell what is shown', () => {
    const document = { ...generator.receipt().document, name: illegibleName };
    const rows = sequences['settled by the operator'] ?? [];
    expect(count([[document, rows, 1]])).toEqual({ lost: 0, recognised: 0, doubtful: 1 });
  });

  it.each([
    [0, 0, 0],
    [40, 39, 0],
    [40, 38, 1],
    [1_000, 990, 0],
    [1_000, 989, 1],
  ])('complains of %i lost answers of which %i were recognised: %i times', (all, recognised, complaints) => {
    expect(checkRecognition({ lost: all, recognised, doubtful: 0 })).toHaveLength(complaints);
  });
});
