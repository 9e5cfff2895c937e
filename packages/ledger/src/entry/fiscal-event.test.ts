import { fiscalEventKinds } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { eventKind, type Happening } from './fiscal-event.js';

const happenings: Happening[] = ['accepted', 'held', 'registered', 'rejected', 'unknown-for-long', 'overdue'];

describe('eventKind', () => {
  it('gives every kind there is; a correction or confirmation depends on no sale', () => {
    const kinds = ['receipt', 'correction', 'confirmation.anor'].flatMap((operation) =>
      happenings.flatMap((happening) => eventKind(operation, happening) ?? []),
    );
    expect(kinds).toEqual(fiscalEventKinds);
  });

  it('calls a registered confirmation confirmed', () => {
    expect(eventKind('confirmation.click', 'registered')).toBe('payment.confirmed');
  });

  it('knows nothing of other operations', () => {
    expect(eventKind('report', 'accepted')).toBeNull();
  });
});
