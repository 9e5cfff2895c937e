import { describe, expect, it } from 'vitest';
import type { TakenEvent } from '../receiver/receiver.js';
import { checkDeliveries } from './check-deliveries.js';

const receipt = { id: 'r', merchant: 'one', operation: 'receipt', state: 'registered' } as const;
const confirmation = {
  id: 'c',
  merchant: 'two',
  operation: 'confirmation.payme',
  state: 'registered',
} as const;
const stored = [{ entry: receipt }, { entry: confirmation }];

function taken(merchant: string, id: string): TakenEvent {
  const [entryId = '', version, kind = ''] = id.split(':');
  return { merchant, id, entryId, version: Number(version), kind };
}

const all = [
  taken('one', 'r:1:receipt-accepted'),
  taken('one', 'r:3:receipt-registered'),
  taken('two', 'c:1:payment-accepted'),
  taken('two', 'c:3:payment-confirmed'),
];
const kinds = (events: readonly TakenEvent[], complaints: readonly string[] = []) =>
  checkDeliveries(stored, { taken: events, complaints }).map(({ kind }) => kind);

describe('deliveries', () => {
  it('agree when each event came once or more, first in order', () => {
    expect(kinds(all)).toEqual([]);
    expect(kinds([...all, ...all])).toEqual([]);
  });

  it('lack an event that nobody took, or only another merchant', () => {
    expect(kinds(all.slice(1))).toEqual(['not-delivered']);
    expect(kinds([taken('two', 'r:1:receipt-accepted'), ...all.slice(1)])).toEqual([
      'not-delivered',
      'delivered-elsewhere',
    ]);
  });

  it('are out of order when a later event is taken first', () => {
    const [first, second, ...others] = all;
    expect(kinds([second, first, ...others].filter((event) => event !== undefined))).toEqual([
      'delivered-out-of-order',
    ]);
  });

  it('may not be without a signature, nor of an entry that the ledger does not have', () => {
    expect(kinds(all, ['not signed'])).toEqual(['delivered-elsewhere']);
    expect(kinds([...all, taken('one', 'x:1:receipt-accepted')])).toEqual(['delivered-elsewhere']);
  });
});
