import type { Entry } from '@fiscalkit/ledger';
import type { Journal } from '@fiscalkit/sandbox';
import { describe, expect, it } from 'vitest';
import type { Observations } from '../../checker/observations.js';
import type { StoredRow } from '../../checker/stored-documents.js';
import { reviewHanded } from './review-handed.js';
import { orangedataTimes } from './times.js';

const id = 'entry';
const start = Date.parse('2026-11-30T09:00:00Z');
/** Remembers for 45 s. */
const times = orangedataTimes(2_000);

function row(ms: number, from: string | null, to: string, details: object = {}): StoredRow {
  return { at: new Date(start + ms), from, to, details } as StoredRow;
}

const doubtful = { reason: 'provider.doubtful', http_status: 400 };
const sending = row(0, 'accepted', 'sending');
const taken = row(10, 'sending', 'pending', { provider_document: id });
const unanswered = row(900, 'sending', 'unknown', { reason: 'provider.reset' });
const handedAt = (ms: number) => row(ms, 'unknown', 'unknown', doubtful);

function review(rows: readonly StoredRow[], documents: Journal['orangedata'] = []) {
  const stored = [{ entry: { id } as Entry, rows, brokenChain: null, afterOutcome: [] }];
  const { facts, violations } = reviewHanded(
    { stored } as unknown as Observations,
    { orangedata: documents },
    times,
  );
  const demanded = Object.entries(Object(Object(facts.handed).demanded)).flatMap(([cause, count]) =>
    count === 0 ? [] : [cause],
  );
  return [...demanded, ...violations.map(({ kind }) => kind)].join();
}

const document = {
  id,
  created_at: new Date(start).toISOString(),
  status: 'done',
} as Journal['orangedata'][number];
const windowIsOver = 'id no longer remembered, and an attempt that may have been taken';

describe('the review of what was left to a person', () => {
  it.each<[string, string, StoredRow[], Journal['orangedata']]>([
    ['an attempt without an answer', windowIsOver, [unanswered, handedAt(42_000)], []],
    ['the same, too early', 'handed-over', [unanswered, handedAt(20_000)], []],
    [
      'a refused connection',
      'handed-over',
      [row(900, 'sending', 'unknown', { reason: 'provider.refused' }), handedAt(42_000)],
      [],
    ],
    ['a document that is no longer shown', 'document no longer shown', [taken, handedAt(45_000)], [document]],
    ['a document that is still shown', 'handed-over', [taken, handedAt(30_000)], [document]],
    ['nothing', '', [taken, row(700, 'pending', 'registered')], [document]],
  ])('of %s', (_, expected, rows, documents) => {
    expect(review([sending, ...rows], documents)).toBe(expected);
  });
});
