import type { Entry, NewEntry } from '../entry/entry.js';
import { type Dependent, saleDependency } from '../entry/sale-dependency.js';
import { isHeld } from '../entry/sale-rejected.js';
import { isFinal } from '../state/is-final.js';
import type {
  AcceptOutcome,
  Claim,
  ClaimQuery,
  Settlement,
  SettleOutcome,
  Step,
} from '../store/ledger-store.js';
import {
  changedRow,
  dependsOn,
  held,
  isSameQueue,
  leaseLost,
  type MemoryRow,
  newRow,
  type RowChange,
  sending,
} from './memory-row.fixture.js';
import type { ModelClocks, RewindableStore, Told } from './model-store.fixture.js';

/** A store whose whole content is one list of immutable rows, so that going back to an earlier moment costs nothing. */
export class MemoryStore implements RewindableStore {
  readonly #clock: () => Date;
  /** Which of several entries that are due since the same moment goes first; the eldest when that is not among them. */
  preferred: string | null = null;
  #rows: readonly MemoryRow[] = [];

  constructor({ clock }: Pick<ModelClocks, 'clock'>) {
    this.#clock = clock;
  }

  save(): readonly MemoryRow[] {
    return this.#rows;
  }

  load(rows: readonly MemoryRow[]): void {
    this.#rows = rows;
  }

  async accept(given: NewEntry): Promise<AcceptOutcome> {
    const holders = this.#holdersOf(given);
    const [first] = holders;
    const same = holders.find(({ entry }) => entry.contentDigest === given.contentDigest);
    const holder = first?.over === 'idempotency-key' ? first : (same ?? first);
    if (holder) {
      const { entry, over } = holder;
      const isRepeat = entry.contentDigest === given.contentDigest;
      return isRepeat ? { kind: 'replayed', entry } : { kind: 'conflict', entry, over };
    }
    const twin = given.onTwin && this.#liveTwinOf(given);
    if (twin) return { kind: given.onTwin === 'replay' ? 'replayed' : 'twin', entry: twin };

    const blocked = this.#rows.some((row) => isSameQueue(row.entry, given) && isInLine(row));
    const sale = this.#saleOf(given);
    const awaits = sale === 'open' || sale === 'rejected';
    const row = newRow(given, this.#rows.length + 1, this.#clock(), { blocked, awaits });
    this.#rows = [...this.#rows, row];
    const { entry } = sale === 'rejected' ? this.#change(row, held) : row;
    return { kind: 'accepted', entry };
  }

  async knowsSale(entry: Dependent): Promise<boolean> {
    return saleDependency(entry) === null || this.#saleOf(entry) !== 'none';
  }

  async claim({ provider, limit, leaseMs, worker }: ClaimQuery): Promise<Claim[]> {
    const now = this.#clock();
    const dueAt = new Date(now.getTime() + leaseMs);
    const due = this.#rows
      .filter(({ entry }) => entry.provider === provider && entry.dueAt !== null && entry.dueAt <= now)
      .filter((row) => row.entry.lastAttemptAt !== null || this.#firstOf(row.entry) === row)
      .sort((one, other) => Number(one.entry.dueAt) - Number(other.entry.dueAt) || this.#rank(one, other));
    return due.slice(0, limit).map((row) => {
      const [step, begun] = this.#begin(row, now);
      const { entry, fence } = this.#change(begun, { worker, fence: row.fence + 1, entry: { dueAt } });
      return { entry, step, fence, claimedAt: now };
    });
  }

  async settle({ id, fence, transition }: Settlement): Promise<SettleOutcome> {
    const row = this.#rows.find(
      (each) => each.entry.id === id && each.fence === fence && each.worker !== null,
    );
    if (!row) return { kind: 'lease-lost' };
    const { to, dueInMs, failures, registration = null, reason = null } = transition;
    const now = this.#clock();
    const documentId = registration?.providerDocumentId ?? transition.providerDocumentId;
    const { entry } = this.#change(row, {
      worker: null,
      isNews: to !== row.entry.state || reason?.code !== row.entry.reason?.code,
      entry: {
        state: to,
        changedAt: to === row.entry.state ? row.entry.changedAt : now,
        dueAt: dueInMs === null ? null : new Date(now.getTime() + Math.ceil(dueInMs)),
        failures,
        providerDocumentId: documentId ?? row.entry.providerDocumentId,
        registration,
        reason,
      },
    });
    if (!isFinal(to)) return { kind: 'written', entry };
    const heldBehind = this.#review(entry, now);
    this.#wake(entry, now);
    return { kind: 'written', entry, ...(heldBehind.length > 0 && { held: heldBehind }) };
  }

  async hasten(provider: string): Promise<number> {
    const now = this.#clock();
    const waiting = this.#rows
      .filter(({ entry, worker }) => entry.provider === provider && worker === null)
      .filter(({ entry: { reason, dueAt } }) => reason?.outage && dueAt !== null && dueAt > now);
    for (const row of waiting) this.#change(row, { entry: { dueAt: now } });
    return waiting.length;
  }

  async boundDocumentIds(asked: Entry): Promise<Set<string>> {
    const others = this.#rows.filter(({ entry }) => isSameQueue(entry, asked) && entry.id !== asked.id);
    return new Set(others.flatMap(({ entry }) => entry.providerDocumentId ?? []));
  }

  async entries(): Promise<readonly Entry[]> {
    return this.#rows.map(({ entry }) => entry);
  }

  async told(id: string): Promise<readonly Told[]> {
    return this.#rows.find(({ entry }) => entry.id === id)?.told ?? [];
  }

  async reopen(): Promise<void> {
    const now = this.#clock();
    for (const row of this.#rows.filter(({ worker }) => worker !== null)) {
      const isSending = row.entry.state === 'sending';
      this.#change(row, isSending ? leaseLost(row.entry, now) : { worker: null, entry: { dueAt: now } });
    }
  }

  async close(): Promise<void> {}

  #rank(one: MemoryRow, other: MemoryRow): number {
    return Number(other.entry.id === this.preferred) - Number(one.entry.id === this.preferred);
  }

  #holdersOf({ merchant, idempotencyKey, claims }: NewEntry) {
    const entries = this.#rows.map(({ entry }) => entry).filter((entry) => entry.merchant === merchant);
    const byKey = entries.filter((entry) => entry.idempotencyKey === idempotencyKey);
    const byClaim = claims.flatMap((over) =>
      entries
        .filter((entry) => entry.state !== 'rejected' && entry.claims.includes(over))
        .map((entry) => ({ entry, over })),
    );
    return [...byKey.map((entry) => ({ entry, over: 'idempotency-key' })), ...byClaim];
  }

  #liveTwinOf({ merchant, operation, contentDigest, facets: { paymentId } }: NewEntry): Entry | undefined {
    const isTwin = (entry: Entry) =>
      entry.merchant === merchant &&
      entry.operation === operation &&
      entry.facets.paymentId === paymentId &&
      entry.contentDigest === contentDigest &&
      entry.state !== 'rejected';
    return this.#rows.find(({ entry }) => isTwin(entry))?.entry;
  }

  #saleOf(dependent: Dependent): 'registered' | 'open' | 'rejected' | 'none' {
    const states = this.#rows.flatMap(({ entry }) => (dependsOn(dependent, entry) ? entry.state : []));
    if (states.length === 0) return 'none';
    if (states.includes('registered')) return 'registered';
    return states.every((state) => state === 'rejected') ? 'rejected' : 'open';
  }

  /** Looks at what waits for the entry that has ended; answers what is held from now on. */
  #review(ended: Entry, now: Date): Entry[] {
    const waiting = this.#rows.filter(
      ({ entry, awaits }) => awaits && entry.state === 'accepted' && dependsOn(entry, ended),
    );
    return waiting.flatMap((row) => {
      const sale = this.#saleOf(row.entry);
      if (sale === 'open') return [];
      if (sale === 'rejected') return isHeld(row.entry) ? [] : this.#change(row, held).entry;
      this.#change(row, { awaits: false, isNews: isHeld(row.entry), entry: { reason: null } });
      this.#wake(row.entry, now);
      return [];
    });
  }

  /** The first entry of the queue that is not final and waits for no sale. */
  #firstOf(queue: Entry): MemoryRow | undefined {
    return this.#rows.find((row) => isSameQueue(row.entry, queue) && isInLine(row));
  }

  #wake(queue: Entry, now: Date): void {
    const row = this.#firstOf(queue);
    if (row?.entry.state !== 'accepted' || row.entry.dueAt !== null) return;
    const isOvertaken = this.#rows.some(
      (other) => isSameQueue(other.entry, queue) && isInLine(other) && other.entry.lastAttemptAt !== null,
    );
    if (!isOvertaken) this.#change(row, { entry: { dueAt: now } });
  }

  #begin(row: MemoryRow, now: Date): [Step, MemoryRow] {
    switch (row.entry.state) {
      case 'accepted':
        return ['submit', this.#change(row, sending(row.entry, now))];
      case 'sending':
        return ['find', this.#change(row, leaseLost(row.entry, now))];
      default:
        return [row.entry.state === 'pending' ? 'poll' : 'find', row];
    }
  }

  #change(row: MemoryRow, change: RowChange): MemoryRow {
    const changed = changedRow(row, change);
    this.#rows = this.#rows.map((each) => (each.entry.id === row.entry.id ? changed : each));
    return changed;
  }
}

/** Whether others of its queue wait for it. */
function isInLine({ entry, awaits }: MemoryRow): boolean {
  return !isFinal(entry.state) && !awaits;
}
