import {
  type ActionRefusal,
  type BatchAction,
  busyRefusal,
  refusalAmongMany,
} from '../entry/action-rules.js';
import { type Entry, type EntryState, finalStates } from '../entry/entry.js';
import type { EntryFilter } from '../entry/entry-filter.js';
import type { OperatorAction } from '../entry/operator-action.js';
import { transitionByOperator } from '../entry/operator-transition.js';
import type { EntryPlace } from '../store/batch-store.js';
import type { LedgerContext } from './ledger-context.js';
import { writeIntervention } from './write-intervention.js';

/** Act on the entries that match a filter, with its reason. */
export interface ManyInterventions extends Omit<OperatorAction, 'id'> {
  /** At least one member, or `all`. */
  readonly filter: EntryFilter & { readonly all?: true | undefined };
  /** Of what the filter means, only entries of these merchants. */
  readonly merchants?: readonly string[] | undefined;
  readonly action: BatchAction;
  /** Entries that the batch acts on at most, 1–1,000; 1,000 when absent. */
  readonly limit?: number | undefined;
  /** Whether it is only told what would be done. */
  readonly dryRun?: boolean | undefined;
  /** Tells this batch from others of the same act, filter and reason: 1–255 printable ASCII characters. */
  readonly idempotencyKey?: string | undefined;
  /** `next` of an earlier batch, behind which this one begins. */
  readonly after?: string | undefined;
  /** Ends the work soon; what was done is told. */
  readonly signal?: AbortSignal | undefined;
}

/** Number of entries, and of those in each state, as they were before the act. */
export interface CountedEntries {
  readonly count: number;
  readonly states: Readonly<Partial<Record<EntryState, number>>>;
}

/** Number of entries in a state that match and can't take the act. */
export interface RefusedEntries extends ActionRefusal {
  readonly state: EntryState;
  readonly count: number;
}

/** What an act on many came to. */
export interface ManyInterventionsResult {
  /** Id of the batch, a UUID, which stands in the journal of every entry. The same call has the same. */
  readonly batch: string;
  readonly action: BatchAction;
  readonly dryRun: boolean;
  readonly limit: number;
  /** Entries that this call acted on; in a dry run, those that it would have acted on. */
  readonly acted: CountedEntries;
  /** Number of entries that earlier calls of this batch acted on. */
  readonly actedBefore: number;
  /** Entries that could take the act, and were not acted on. */
  readonly left: CountedEntries;
  readonly refused: readonly RefusedEntries[];
  /** Whether the batch is at its end, or at its limit; if not, the same call goes on. */
  readonly isComplete: boolean;
  /** Whether all that match were counted; there are bounds. */
  readonly isAllCounted: boolean;
  /** Behind which entry a further batch begins, where the limit left some; `null` where it did not. */
  readonly next: string | null;
}

/** Entries that are read at a time, and of those that are written at a time: others are let in between. */
const pageSize = 100;
const writtenTogether = 20;

/** Entries that a call looks at, and how long it works, in milliseconds: it tells then how far it came. */
const mostLooked = 10_000;
const mostMs = 15_000;

/** Number of tries on an entry that changes meanwhile. */
const tries = 3;

export type BatchContext = Pick<LedgerContext, 'store' | 'observers' | 'wake'>;

/** Batch that is called, and where it begins. */
interface BatchSettings {
  readonly batch: string;
  readonly limit: number;
  readonly after: EntryPlace | null;
}

/** One call of a batch. */
export class BatchCall {
  readonly #context: BatchContext;
  readonly #given: ManyInterventions;
  readonly #batch: string;
  readonly #limit: number;
  readonly #endsAt = performance.now() + mostMs;
  readonly #acted = new StateCounter();
  readonly #left = new StateCounter();
  readonly #refused = new Map<string, RefusedEntries>();
  #after: EntryPlace | null;
  #lastActed: EntryPlace | null = null;

  constructor(context: BatchContext, given: ManyInterventions, { batch, limit, after }: BatchSettings) {
    this.#context = context;
    this.#given = given;
    this.#batch = batch;
    this.#limit = limit;
    this.#after = after;
  }

  async run(): Promise<ManyInterventionsResult> {
    const { batches } = this.#context.store;
    const { filter, merchants, action, dryRun = false } = this.#given;
    const before = await batches.progress(this.#batch);
    const capacity = Math.max(0, this.#limit - before.acted);
    const matching = { filter, merchants, batch: this.#batch, limit: pageSize };
    let [looked, isAtEnd] = [0, false];
    while (!isAtEnd && looked < mostLooked && !this.#isOver) {
      const page = await batches.unfinished({ ...matching, after: this.#after });
      await this.#takePage(page, capacity);
      looked += page.length;
      this.#after = page.at(-1) ?? this.#after;
      isAtEnd = page.length < pageSize;
    }
    const { states, isAll } = await batches.countFinal({ filter, merchants });
    for (const state of finalStates) {
      const count = states[state];
      const refusal = refusalAmongMany({ state, reason: null }, action);
      if (refusal && count > 0) this.#refuse(refusal, state, count);
    }
    const isFull = this.#acted.count >= capacity;
    const isBusy = [...this.#refused.values()].some(({ code }) => code === busyRefusal.code);
    return {
      batch: this.#batch,
      action,
      dryRun,
      limit: this.#limit,
      acted: this.#acted.counted,
      actedBefore: before.acted,
      left: this.#left.counted,
      refused: [...this.#refused.values()],
      isComplete: isFull || (isAtEnd && this.#left.count === 0 && !isBusy),
      isAllCounted: isAtEnd && isAll,
      next: this.#nextPlace({ isFull, isAtEnd, before: before.last }),
    };
  }

  /** Returns where a further batch begins: behind what was acted on last, or what was looked at. */
  #nextPlace(end: { isFull: boolean; isAtEnd: boolean; before: EntryPlace | null }): string | null {
    if (end.isFull && (this.#left.count > 0 || !end.isAtEnd)) return textOf(this.#lastActed ?? end.before);
    return end.isAtEnd || this.#isOver ? null : textOf(this.#after);
  }

  get #isOver(): boolean {
    return performance.now() > this.#endsAt || this.#given.signal?.aborted === true;
  }

  async #takePage(page: readonly Entry[], capacity: number): Promise<void> {
    const open = page.filter((entry) => {
      const refusal = refusalAmongMany(entry, this.#given.action);
      if (refusal) this.#refuse(refusal, entry.state);
      return refusal === null;
    });
    while (open.length > 0) {
      const fitting = this.#isOver ? 0 : Math.min(writtenTogether, capacity - this.#acted.count);
      if (fitting <= 0) break;
      const together = open.splice(0, fitting);
      if (this.#given.dryRun) for (const entry of together) this.#note(entry);
      else await Promise.all(together.map((entry) => this.#intervene(entry)));
    }
    for (const { state } of open) this.#left.add(state);
  }

  async #intervene(listed: Entry): Promise<void> {
    const { action, by, reason } = this.#given;
    let entry: Entry | null = listed;
    for (let tried = 0; tried < tries && entry; tried += 1) {
      const refusal = refusalAmongMany(entry, action);
      const transition = transitionByOperator(entry, { action: action });
      if (refusal || typeof transition === 'string') return this.#refuse(refusal ?? busyRefusal, entry.state);
      const note = { given: { id: entry.id, by, reason }, action: action, batch: this.#batch };
      const written = await writeIntervention(this.#context, entry, { transition, note, batch: this.#batch });
      if (written) {
        this.#context.wake(written);
        return this.#note(entry);
      }
      entry = await this.#context.store.entry(listed.id);
    }
    this.#refuse(busyRefusal, listed.state);
  }

  #note({ state, acceptedAt, sequence }: Entry): void {
    this.#acted.add(state);
    if (this.#lastActed === null || this.#lastActed.sequence < sequence)
      this.#lastActed = { acceptedAt, sequence };
  }

  #refuse(refusal: ActionRefusal, state: EntryState, count = 1): void {
    const key = `${refusal.code} ${state}`;
    this.#refused.set(key, { ...refusal, state, count: count + (this.#refused.get(key)?.count ?? 0) });
  }
}

/** Counts entries by state. */
class StateCounter {
  readonly #states = new Map<EntryState, number>();
  count = 0;

  add(state: EntryState): void {
    this.count += 1;
    this.#states.set(state, 1 + (this.#states.get(state) ?? 0));
  }

  get counted(): CountedEntries {
    return { count: this.count, states: Object.fromEntries(this.#states) };
  }
}

/** Writes a place as callers see it. */
function textOf(place: EntryPlace | null): string | null {
  return place && `${place.acceptedAt.getTime()}-${place.sequence}`;
}
