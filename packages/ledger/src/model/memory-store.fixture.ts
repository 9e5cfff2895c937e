import { type Entry, isFinal, type NewEntry } from '../entry/entry.js';
import { nextVersionKey } from '../entry/operator-action.js';
import { type Dependent, isHeld, saleDependency } from '../entry/sale-dependency.js';
import type { Step } from '../entry/transition.js';
import { assertStorable } from '../store/entry-row.js';
import type {
  AcceptOutcome,
  BacklogName,
  Claim,
  ClaimQuery,
  Settlement,
  SettleOutcome,
} from '../store/ledger-store.js';
import {
  changedRow,
  dependsOn,
  held,
  isInLine,
  isSameQueue,
  leaseLost,
  type MemoryContent,
  type MemoryRow,
  newRow,
  type RowChange,
  sending,
  settledBy,
} from './memory-row.fixture.js';
import type { DeliveryStore, ModelClocks, RecordedTransition } from './model-store.fixture.js';

/** The part of a store that delivery uses, with immutable content, so that going back costs nothing. */
export class MemoryStore implements DeliveryStore {
  readonly #clock: () => Date;
  /**
   * The first of several entries that are due since the same moment; the eldest when it is not among them.
   */
  preferred: string | null = null;
  protected content: MemoryContent = { rows: [], restored: null, timeline: 1 };

  constructor({ clock }: Pick<ModelClocks, 'clock'>) {
    this.#clock = clock;
  }

  save(): MemoryContent {
    return this.content;
  }

  load(content: MemoryContent): void {
    this.content = content;
  }

  protected get rows(): readonly MemoryRow[] {
    return this.content.rows;
  }

  protected now(): Date {
    return this.#clock();
  }

  async accept(given: NewEntry): Promise<AcceptOutcome> {
    assertStorable(given);
    const holders = this.#holdersOf(given);
    const [first] = holders;
    const same = holders.find(({ entry }) => isSame(entry, given));
    const holder = first?.over === 'idempotency-key' ? first : (same ?? first);
    if (holder) {
      const { entry, over } = holder;
      return isSame(entry, given) ? { kind: 'replayed', entry } : { kind: 'conflict', entry, over };
    }
    const twin = given.onTwin && this.#liveTwinOf(given);
    if (twin) return { kind: given.onTwin === 'replay' ? 'replayed' : 'twin', entry: twin };

    const blocked = this.rows.some((row) => isSameQueue(row.entry, given) && isInLine(row));
    const sale = this.saleOf(given);
    const awaits = sale === 'open' || sale === 'rejected';
    const row = newRow(given, this.rows.length + 1, this.now(), { blocked, awaits });
    this.content = { ...this.content, rows: [...this.rows, row] };
    const { entry } = sale === 'rejected' ? this.change(row, held) : row;
    return { kind: 'accepted', entry };
  }

  async knowsSale(entry: Dependent): Promise<boolean> {
    return saleDependency(entry) === null || this.saleOf(entry) !== 'none';
  }

  async claim({ provider, shares, leaseMs, worker }: ClaimQuery): Promise<Claim[]> {
    const now = this.now();
    const dueAt = new Date(now.getTime() + leaseMs);
    const due = shares.flatMap((share) =>
      this.#due(provider, share, now)
        .filter(({ entry }) => !share.kind || (entry.state === 'accepted') === (share.kind === 'submit'))
        .slice(0, share.limit),
    );
    return due.map((row) => {
      const [step, begun] = this.#begin(row, now);
      const { entry, fence } = this.change(begun, { worker, fence: row.fence + 1, entry: { dueAt } });
      return { entry, step, fence, claimedAt: now };
    });
  }

  async settle({ id, fence, transition }: Settlement): Promise<SettleOutcome> {
    const row = this.rows.find(
      (each) => each.entry.id === id && each.fence === fence && each.worker !== null,
    );
    if (!row) return { kind: 'lease-lost' };
    const now = this.now();
    const settled = settledBy(transition, row, now);
    const isNews =
      transition.to !== row.entry.state ||
      transition.reason?.code !== row.entry.reason?.code ||
      settled.entry.providerDocumentId !== row.entry.providerDocumentId;
    const { entry } = this.change(row, { ...settled, isNews });
    return { kind: 'written', entry, ...this.follow(entry, now) };
  }

  /** Applies what follows when an entry has become final; returns the entries that become held, if any. */
  protected follow(entry: Entry, now: Date): { held?: readonly Entry[] } {
    if (!isFinal(entry.state)) return {};
    const heldBehind = this.review(entry, now);
    this.wake(entry, now);
    return heldBehind.length > 0 ? { held: heldBehind } : {};
  }

  async makeDueNow(provider: string, accounts?: readonly string[]): Promise<number> {
    const now = this.now();
    const waiting = this.rows
      .filter(({ entry, worker }) => entry.provider === provider && worker === null)
      .filter(({ entry }) => accounts?.includes(entry.account) ?? true)
      .filter(({ entry: { reason, dueAt } }) => reason?.outage && dueAt !== null && dueAt > now);
    for (const row of waiting) this.change(row, { entry: { dueAt: now } });
    return waiting.length;
  }

  async boundDocumentIds(of: Entry): Promise<Set<string>> {
    const others = this.rows.filter(({ entry }) => isSameQueue(entry, of) && entry.id !== of.id);
    return new Set(others.flatMap(({ entry }) => entry.providerDocumentId ?? []));
  }

  async entries(): Promise<readonly Entry[]> {
    return this.rows.map(({ entry }) => entry);
  }

  async transitionsOf(id: string): Promise<readonly RecordedTransition[]> {
    return this.rows.find(({ entry }) => entry.id === id)?.transitions ?? [];
  }

  async reopen(): Promise<void> {
    const now = this.now();
    for (const row of this.rows.filter(({ worker }) => worker !== null)) {
      const isSending = row.entry.state === 'sending';
      this.change(row, isSending ? leaseLost(row.entry, now) : { worker: null, entry: { dueAt: now } });
    }
  }

  async close(): Promise<void> {}

  /** Returns what is due of a backlog, oldest due first. */
  #due(provider: string, { account, merchant }: BacklogName, now: Date): MemoryRow[] {
    return this.rows
      .filter(({ entry }) => entry.provider === provider && entry.dueAt !== null && entry.dueAt <= now)
      .filter(({ entry }) => entry.account === account && entry.merchant === merchant)
      .filter((row) => row.entry.lastAttemptAt !== null || this.#firstOf(row.entry) === row)
      .sort(
        (one, other) =>
          Number(this.#mayOvertake(other)) - Number(this.#mayOvertake(one)) ||
          Number(one.entry.dueAt) - Number(other.entry.dueAt) ||
          Number(this.#isPreferred(other)) - Number(this.#isPreferred(one)),
      );
  }

  #isPreferred({ entry }: MemoryRow): boolean {
    return entry.id === this.preferred;
  }

  /** A store may hand out what a worker has lost by when it was due at first, or by the end of the lease. */
  #mayOvertake(row: MemoryRow): boolean {
    return row.worker !== null && this.#isPreferred(row);
  }

  #holdersOf({ merchant, idempotencyKey, uniqueKeys }: NewEntry) {
    const entries = this.rows.map(({ entry }) => entry).filter((entry) => entry.merchant === merchant);
    const byKey = entries.filter((entry) => entry.idempotencyKey === idempotencyKey);
    const byUniqueKey = uniqueKeys.flatMap((over) =>
      entries
        .filter((entry) => entry.state !== 'rejected' && entry.uniqueKeys.includes(over))
        .map((entry) => ({ entry, over })),
    );
    return [...byKey.map((entry) => ({ entry, over: 'idempotency-key' })), ...byUniqueKey];
  }

  /**
   * Returns the first live entry of the order with the content of the given one, or of another version of it.
   */
  #liveTwinOf(given: NewEntry): Entry | undefined {
    const ofPayment = this.rows
      .map(({ entry }) => entry)
      .filter(({ merchant, operation }) => merchant === given.merchant && operation === given.operation)
      .filter(({ facets }) => facets.paymentId === given.facets.paymentId);
    const ofSame = ofPayment.filter((entry) => isSame(entry, given));
    const contents = new Set([given, ...ofSame].map(({ contentDigest }) => contentDigest));
    const isNeighbour = (
      one: Pick<Entry, 'id' | 'idempotencyKey'>,
      other: Pick<Entry, 'id' | 'idempotencyKey'>,
    ) => one.idempotencyKey === nextVersionKey(other.id) || other.idempotencyKey === nextVersionKey(one.id);
    let known = 0;
    while (contents.size > known) {
      known = contents.size;
      const same = [given, ...ofPayment.filter(({ contentDigest }) => contents.has(contentDigest))];
      const others = ofPayment.filter((entry) => same.some((each) => isNeighbour(each, entry)));
      for (const { contentDigest } of others) contents.add(contentDigest);
    }
    return ofPayment.find(({ contentDigest, state }) => contents.has(contentDigest) && state !== 'rejected');
  }

  protected saleOf(dependent: Dependent): 'registered' | 'open' | 'rejected' | 'none' {
    const states = this.rows.flatMap(({ entry }) => (dependsOn(dependent, entry) ? entry.state : []));
    if (states.length === 0) return 'none';
    if (states.includes('registered')) return 'registered';
    return states.every((state) => state === 'rejected') ? 'rejected' : 'open';
  }

  /** Reviews what waits for the entry that has ended; returns what is held from now on. */
  protected review(ended: Entry, now: Date): Entry[] {
    const waiting = this.rows.filter(
      ({ entry, awaits }) => awaits && entry.state === 'accepted' && dependsOn(entry, ended),
    );
    return waiting.flatMap((row) => this.reviewRow(row, now) ?? []);
  }

  /**
   * Reviews an entry that waits for a sale: it goes on, is held or waits on. Returns it if it becomes held.
   */
  protected reviewRow(row: MemoryRow, now: Date): Entry | null {
    const sale = this.saleOf(row.entry);
    if (sale === 'open') return null;
    if (sale === 'rejected') return isHeld(row.entry) ? null : this.change(row, held).entry;
    const reason = isHeld(row.entry) ? null : row.entry.reason;
    this.change(row, { awaits: false, isNews: isHeld(row.entry), entry: { reason } });
    this.wake(row.entry, now);
    return null;
  }

  /** Returns the first entry of the queue that is not final and waits for no sale. */
  #firstOf(queue: Entry): MemoryRow | undefined {
    return this.rows.find((row) => isSameQueue(row.entry, queue) && isInLine(row));
  }

  protected wake(queue: Entry, now: Date): void {
    const row = this.#firstOf(queue);
    if (row?.entry.state !== 'accepted' || row.entry.dueAt !== null) return;
    const isOvertaken = this.rows.some(
      (other) => isSameQueue(other.entry, queue) && isInLine(other) && other.entry.lastAttemptAt !== null,
    );
    if (!isOvertaken) this.change(row, { entry: { dueAt: now } });
  }

  /** Marks a row that is about to be sent as one to be searched first; `null` where it may be sent. */
  protected guard(_row: MemoryRow, _now: Date): MemoryRow | null {
    return null;
  }

  #begin(row: MemoryRow, now: Date): [Step, MemoryRow] {
    const guarded = row.entry.state === 'accepted' ? this.guard(row, now) : null;
    if (guarded) return ['find', guarded];
    switch (row.entry.state) {
      case 'accepted':
        return ['submit', this.change(row, sending(row.entry, now))];
      case 'sending':
        return ['find', this.change(row, leaseLost(row.entry, now))];
      default:
        return [row.entry.state === 'pending' ? 'poll' : 'find', row];
    }
  }

  protected change(row: MemoryRow, change: RowChange): MemoryRow {
    const changed = changedRow(row, change);
    const rows = this.rows.map((each) => (each.entry.id === row.entry.id ? changed : each));
    this.content = { ...this.content, rows };
    return changed;
  }
}

function isSame(one: NewEntry, other: NewEntry): boolean {
  if (one.contentDigest === other.contentDigest) return true;
  return one.operation === other.operation && JSON.stringify(one.document) === JSON.stringify(other.document);
}
