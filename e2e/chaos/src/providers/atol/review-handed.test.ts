import type { Entry } from '@fiscalkit/ledger';
import type { JournalledAtolDocument } from '@fiscalkit/sandbox';
import { describe, expect, it } from 'vitest';
import type { Observations } from '../../checker/observations.js';
import type { StoredRow } from '../../checker/stored-documents.js';
import { reviewHanded } from './review-handed.js';
import { atolTimes } from './times.js';

const times = atolTimes('v5', 2_000);
const start = Date.parse('2026-05-04T10:00:00.000Z');
const id = '01a22ead-3b43-7dc8-837a-229f8fb88611';
const uuid = '8cc3a385-9d52-4aab-bb48-6c0ef38d972e';

/** Returns a row so many milliseconds after the first attempt. */
function row(ms: number, from: StoredRow['from'], to: StoredRow['to'], details: StoredRow['details'] = {}) {
  return { at: new Date(start + ms), from, to, details } satisfies StoredRow;
}

const doubtful = { reason: 'provider.doubtful' };
const windowOver = { reason: 'ledger.window-over' };
const accepted = row(-5, null, 'accepted');
const sending = row(0, 'accepted', 'sending');
const taken = row(10, 'sending', 'pending', { provider_document: uuid });
const unanswered = row(900, 'sending', 'unknown', { reason: 'provider.reset' });
const over = row(50_000, 'unknown', 'unknown', windowOver);

function failed(type: string, code: number, mark: object | null = null): JournalledAtolDocument {
  const created_at = new Date(start).toISOString();
  return {
    uuid,
    external_id: id,
    created_at,
    status: 'fail',
    error: { type, code, text: '' },
    mark,
  } as never;
}

function review(rows: readonly StoredRow[], documents: readonly JournalledAtolDocument[] = []) {
  const stored = [{ entry: { id } as Entry, rows, brokenChain: null, afterOutcome: [] }];
  const { facts, violations } = reviewHanded(
    { stored } as unknown as Observations,
    { atol: documents, atolCallbacks: [] },
    times,
  );
  const demanded = Object.entries(Object(Object(facts.handed).demanded)).flatMap(([cause, count]) =>
    count === 0 ? [] : [cause],
  );
  return [...demanded, ...violations.map(({ kind }) => kind)].join();
}

const lostAt = row(700, 'pending', 'unknown', doubtful);

describe('the review of what was left to a person', () => {
  it.each([
    ['driver', 104, {}, 'connection lost at the register, which has the receipt'],
    ['driver', 5, null, 'connection lost at the register, which has none'],
    // Certainly without a receipt: the ledger sends it under another id by itself.
    ['driver', 36, null, 'handed-over'],
    ['timeout', 1, null, 'handed-over'],
    // The codes of a driver mean something else elsewhere.
    ['system', 2, null, 'handed-over'],
  ])('of a document that failed with %s.%i', (type, code, mark, expected) => {
    expect(review([accepted, sending, taken, lostAt], [failed(type, code, mark)])).toBe(expected);
  });

  it.each([
    [61_000, 'report no longer kept'],
    [20_000, 'handed-over'],
  ])('of a report that is unknown after %i ms', (ms, expected) => {
    const document = { ...failed('driver', 1), status: 'done', error: null } as JournalledAtolDocument;
    expect(review([accepted, sending, taken, row(ms, 'pending', 'unknown', doubtful)], [document])).toBe(
      expected,
    );
  });

  const windowIsOver = 'id no longer remembered, and an attempt that may have been taken';
  it.each<[string, string, StoredRow[]]>([
    ['an attempt without an answer', windowIsOver, [unanswered, over]],
    [
      'an attempt whose process ended',
      windowIsOver,
      [{ ...unanswered, details: { reason: 'ledger.lease-lost' } }, over],
    ],
    [
      'code 50',
      windowIsOver,
      [{ ...unanswered, details: { http_status: 500, provider_code: 'system.50' } }, over],
    ],
    [
      'an attempt without an answer, too early',
      'handed-over',
      [unanswered, { ...over, at: new Date(start + 30_000) }],
    ],
    [
      'a refused connection',
      'handed-over',
      [{ ...unanswered, details: { reason: 'provider.refused' } }, over],
    ],
    [
      'a refused token',
      'handed-over',
      [{ ...unanswered, details: { http_status: 401, provider_code: 'system.11' } }, over],
    ],
    ['too many requests', 'handed-over', [{ ...unanswered, details: { http_status: 429 } }, over]],
    ['nothing sent', 'handed-over', [row(900, 'sending', 'accepted', { reason: 'provider.reset' }), over]],
    ['a document whose uuid is known', 'handed-over', [taken, row(20_000, 'pending', 'unknown', windowOver)]],
  ])('of a window that is over after %s', (_, expected, rows) => {
    expect(review([accepted, sending, ...rows])).toBe(expected);
  });

  it('takes the window of another id from its own first attempt', () => {
    const reissued = row(40_000, 'pending', 'accepted', { reason: 'provider.rejected', reissue: 1 });
    const again = [
      row(45_000, 'accepted', 'sending'),
      row(45_100, 'sending', 'unknown', { reason: 'provider.reset' }),
    ];
    const rows = [accepted, sending, taken, reissued, ...again];
    expect(review([...rows, row(60_000, 'unknown', 'unknown', windowOver)])).toBe('handed-over');
    expect(review([...rows, row(95_000, 'unknown', 'unknown', windowOver)])).toBe(windowIsOver);
    expect(review([...rows, row(46_000, 'pending', 'unknown', doubtful)], [failed('driver', 104)])).toBe(
      'handed-over',
    );
  });

  it('has nothing to say of what was not left to one', () => {
    expect(review([accepted, sending, taken, row(700, 'pending', 'registered')])).toBe('');
  });
});
