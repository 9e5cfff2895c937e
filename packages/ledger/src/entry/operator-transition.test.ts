import { describe, expect, it } from 'vitest';
import { type EntryState, entryStates } from './entry.js';
import { type InterventionKind, interventionKinds } from './operator-action.js';
import { type DecidedEntry, type Decision, transitionByOperator } from './operator-transition.js';

const reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };
const registration = { providerDocumentId: 'd', mark: null, link: null, details: {} };
const sent = { attempts: 1, lastAttemptAt: new Date(0), providerDocumentId: null };
const known = { ...sent, providerDocumentId: 'd' };
const unsent = { attempts: 0, lastAttemptAt: null, providerDocumentId: null };

function after(
  state: EntryState,
  decision: Parameters<typeof transitionByOperator>[1],
  given: Partial<DecidedEntry> = unsent,
) {
  return transitionByOperator({ state, failures: 3, reason, ...unsent, ...given }, decision);
}

function decisionOf(action: InterventionKind): Decision {
  return action === 'resolve' ? { action, registration } : { action };
}

/** Where each act leads from each state. */
const outcomes: Record<InterventionKind, Record<EntryState, EntryState | 'busy' | 'impossible'>> = {
  retry: {
    accepted: 'accepted',
    sending: 'busy',
    pending: 'pending',
    unknown: 'unknown',
    registered: 'impossible',
    rejected: 'impossible',
    parked: 'accepted',
  },
  'look-up': {
    accepted: 'impossible',
    sending: 'busy',
    pending: 'pending',
    unknown: 'unknown',
    registered: 'impossible',
    rejected: 'impossible',
    parked: 'impossible',
  },
  release: {
    accepted: 'impossible',
    sending: 'busy',
    pending: 'impossible',
    unknown: 'impossible',
    registered: 'impossible',
    rejected: 'impossible',
    parked: 'accepted',
  },
  park: {
    accepted: 'parked',
    sending: 'busy',
    pending: 'parked',
    unknown: 'parked',
    registered: 'impossible',
    rejected: 'impossible',
    parked: 'impossible',
  },
  resolve: {
    accepted: 'registered',
    sending: 'busy',
    pending: 'registered',
    unknown: 'registered',
    registered: 'impossible',
    rejected: 'impossible',
    parked: 'registered',
  },
  resubmit: {
    accepted: 'impossible',
    sending: 'impossible',
    pending: 'impossible',
    unknown: 'impossible',
    registered: 'impossible',
    rejected: 'rejected',
    parked: 'impossible',
  },
};

describe('transitionByOperator', () => {
  const cases = interventionKinds.flatMap((action) =>
    entryStates.map((state) => [action, state, outcomes[action][state]] as const),
  );

  it.each(cases)('%s of an entry that is %s: %s', (action, state, expected) => {
    const outcome = after(state, decisionOf(action));
    expect(typeof outcome === 'string' ? outcome : outcome.to).toBe(expected);
  });

  it.each(['accepted', 'pending', 'unknown', 'parked'] as const)(
    'retries what is %s now, with fresh patience',
    (state) => {
      expect(after(state, { action: 'retry' })).toMatchObject({ dueInMs: 0, failures: 0, reason });
    },
  );

  it.each([
    ['never sent', unsent, 'accepted'],
    ['sent once', sent, 'unknown'],
    ['known to the provider', known, 'pending'],
  ] as const)('unparks what was %s', (_name, given, to) => {
    expect(after('parked', { action: 'retry' }, given)).toMatchObject({ to });
  });

  it.each([
    ['accepted', unsent, 'accepted'],
    ['accepted', sent, 'unknown'],
    ['pending', known, 'pending'],
    ['pending', sent, 'unknown'],
    ['unknown', sent, 'unknown'],
    ['parked', sent, 'parked'],
  ] as const)('moves what is %s and has %o: %s', (state, given, to) => {
    expect(after(state, { action: 'move' }, given)).toMatchObject({ to });
  });

  it('moves nothing that is final or being sent', () => {
    expect(after('sending', { action: 'move' }, sent)).toBe('busy');
    expect(after('registered', { action: 'move' }, known)).toBe('impossible');
    expect(after('rejected', { action: 'move' }, sent)).toBe('impossible');
  });

  it('lets go what is held, and only then', () => {
    const held = { reason: { code: 'sale.rejected', message: 'The sale was rejected.' } };
    const released = { to: 'accepted', dueInMs: 0, failures: 0, released: true };
    expect(after('accepted', { action: 'retry' }, held)).toEqual(released);
    expect(after('accepted', { action: 'release' }, held)).toEqual(released);
    expect(after('parked', { action: 'retry' }, held)).toMatchObject(held);
    expect(after('parked', { action: 'retry' }, held)).not.toHaveProperty('released');
    expect(after('accepted', { action: 'retry' })).not.toHaveProperty('released');
  });

  it('sends nothing by itself that was unknown, whatever a person does to it first', () => {
    for (const action of ['retry', 'park'] as const) {
      const first = after('unknown', { action }, sent);
      if (typeof first === 'string') throw new Error('the act was refused');
      expect(after(first.to, { action: 'retry' }, sent)).toMatchObject({ to: 'unknown' });
    }
  });

  it('parks without a due time, and keeps what is known', () => {
    const outcome = after('unknown', { action: 'park' }, sent);
    expect(outcome).toEqual({ to: 'parked', dueInMs: null, failures: 3, reason });
  });

  it('resolves with the registration, or with a reason of its own', () => {
    const found = { to: 'registered', dueInMs: null, failures: 0, registration };
    expect(after('unknown', { action: 'resolve', registration }, sent)).toEqual(found);
    expect(after('unknown', { action: 'resolve', registration: null }, sent)).toMatchObject({
      to: 'rejected',
      dueInMs: null,
      reason: { code: 'intervention.rejected' },
    });
  });

  it('leaves a rejected entry as it was when it is handed in again', () => {
    const outcome = after('rejected', { action: 'resubmit' });
    expect(outcome).toEqual({ to: 'rejected', dueInMs: null, failures: 3, reason });
    const withoutReason = after('rejected', { action: 'resubmit' }, { reason: null });
    expect(withoutReason).toEqual({ to: 'rejected', dueInMs: null, failures: 3 });
  });
});
