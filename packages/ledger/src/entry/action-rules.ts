import type { Entry, EntryState } from './entry.js';
import { isHeld } from './sale-dependency.js';

/** Acts of operators on one entry. */
export const entryActions = ['look-up', 'retry', 'park', 'release', 'resolve', 'resubmit', 'move'] as const;

export type EntryAction = (typeof entryActions)[number];

/**
 * Acts on all entries that match a filter. The others need evidence for each entry: what became of it at the
 * provider, or that nobody has processed it.
 */
export const batchActions = ['look-up', 'retry', 'park', 'release'] as const satisfies readonly EntryAction[];

export type BatchAction = (typeof batchActions)[number];

/** Why an act is not possible: `entry.busy` passes by itself. */
export interface ActionRefusal {
  readonly code: 'entry.busy' | 'entry.state' | 'entry.stopped' | 'account.unknown';
  readonly message: string;
}

/** The part of an entry on which it depends what may be done to it. */
export type ActedEntry = Pick<Entry, 'state' | 'reason'>;

/** When an act is possible, and what is said otherwise. */
interface ActionRule {
  readonly states: readonly EntryState[];
  /** Whether it is also possible on what is held because of its sale. */
  readonly ofHeld?: true;
  readonly otherwise: string;
}

const undecided = ['accepted', 'pending', 'unknown'] as const satisfies readonly EntryState[];

/** Refusal of a move of what may have been processed. */
export const processedRefusal: ActionRefusal = {
  code: 'entry.state',
  message:
    'Only a document that was never sent, or is proven absent, can go to another account: this one may have been processed.',
};

const rules: Readonly<Record<EntryAction, ActionRule>> = {
  'look-up': {
    states: ['pending', 'unknown'],
    otherwise:
      'Only what the provider has, or may have, is looked up there: in the states pending and unknown.',
  },
  retry: {
    states: [...undecided, 'parked'],
    otherwise: 'The entry is final, so no step of it is left; a rejected document can be resubmitted.',
  },
  park: { states: undecided, otherwise: 'The entry is final or parked, so there is nothing to stop.' },
  release: {
    states: ['parked'],
    ofHeld: true,
    otherwise: 'Only what is parked, or held because of its sale, can be released.',
  },
  resolve: {
    states: [...undecided, 'parked'],
    otherwise: 'The entry is final: what is registered stays so, and a rejected document can be resubmitted.',
  },
  resubmit: { states: ['rejected'], otherwise: 'Only a rejected document can be resubmitted.' },
  move: { states: ['accepted', 'parked'], otherwise: processedRefusal.message },
};

/** Refusal while a worker holds an entry. */
export const busyRefusal: ActionRefusal = {
  code: 'entry.busy',
  message: 'A worker is at work on this entry; try again in a moment.',
};

/** Returns why an act is not possible on an entry, by its state; `null` where it is. Pure. */
export function refusalOf(entry: ActedEntry, action: EntryAction): ActionRefusal | null {
  const { states, ofHeld, otherwise } = rules[action];
  if (states.includes(entry.state) || (ofHeld && isHeld(entry))) return null;
  return entry.state === 'sending' && action !== 'resubmit'
    ? busyRefusal
    : { code: 'entry.state', message: otherwise };
}

/**
 * Returns the same for an act on all that match a filter: there, a retry lets nothing go that was stopped on
 * purpose. Pure.
 */
export function refusalAmongMany(entry: ActedEntry, action: BatchAction): ActionRefusal | null {
  const isStopped = entry.state === 'parked' || isHeld(entry);
  if (action === 'retry' && isStopped) return stopped;
  return refusalOf(entry, action);
}

const stopped: ActionRefusal = {
  code: 'entry.stopped',
  message: 'It is parked, or held because of its sale: release lets it go.',
};

/** An act, and why it is not possible on an entry; `null` where it is. */
export interface OfferedAction {
  readonly action: EntryAction;
  readonly refusal: ActionRefusal | null;
}
