import { isDoubtful, keepingEarlier, lastingReason } from '../entry/doubt.js';
import { type Entry, isFinal } from '../entry/entry.js';
import { nextVersionKey } from '../entry/operator-action.js';
import { saleDependency } from '../entry/sale-dependency.js';
import type {
  AccountEntriesQuery,
  Intervention,
  InterventionOutcome,
  RestoreWindow,
} from '../store/intervention-store.js';
import type { BacklogName, Claim, ClaimQuery, HoldOutcome, HoldQuery, Wait } from '../store/ledger-store.js';
import { fenceLeap, restoredReason } from '../store/restore-guard.js';
import {
  isInLine,
  isSameQueue,
  leaseLost,
  type MemoryRow,
  type RowChange,
  settledBy,
} from './memory-row.fixture.js';
import { MemoryStore } from './memory-store.fixture.js';
import type { ModelClocks, RewindableStore } from './model-store.fixture.js';

const marginMs = 600_000;
const repeatsMs = 72 * 3_600_000;

/**
 * The store of the explored models: adds interventions, changed accounts and a server that goes back in time.
 */
export class MemoryLedger extends MemoryStore implements RewindableStore {
  readonly #timeline: () => number;

  constructor({ timeline = () => 1, ...clocks }: ModelClocks) {
    super(clocks);
    this.#timeline = timeline;
  }

  /** Claims as the server's functions do: on another timeline, the ledger first declares itself restored. */
  override async claim(query: ClaimQuery): Promise<Claim[]> {
    await this.#noteTimeline();
    return super.claim(query);
  }

  async entry(id: string): Promise<Entry | null> {
    return this.#rowOf(id)?.entry ?? null;
  }

  async successor({ merchant, id }: Pick<Entry, 'merchant' | 'id'>): Promise<Entry | null> {
    const key = nextVersionKey(id);
    const successor = this.rows.find(
      ({ entry }) => entry.merchant === merchant && entry.idempotencyKey === key,
    );
    return successor?.entry ?? null;
  }

  async unfinishedOf({ account, merchant, after, limit }: AccountEntriesQuery): Promise<Entry[]> {
    return this.rows
      .map(({ entry }) => entry)
      .filter((entry) => entry.account === account && !isFinal(entry.state))
      .filter((entry) => merchant === undefined || entry.merchant === merchant)
      .filter(({ sequence }) => after === undefined || sequence > after.sequence)
      .slice(0, limit);
  }

  async waiting(provider: string): Promise<Wait[]> {
    const now = this.now();
    const waits = this.rows.flatMap(({ entry: { account, merchant, dueAt, ...entry } }) =>
      dueAt === null || entry.provider !== provider
        ? []
        : [{ account, merchant, dueInMs: Math.max(0, dueAt.getTime() - now.getTime()) }],
    );
    const soonestFirst = waits.sort((one, other) => one.dueInMs - other.dueInMs);
    return soonestFirst.filter((wait, index) => soonestFirst.findIndex(isOf(wait)) === index);
  }

  async intervene({ id, version, transition, account }: Intervention): Promise<InterventionOutcome> {
    const now = this.now();
    const row = this.#rowOf(id);
    if (row?.entry.version !== version || isHeldByWorker(row, now)) return { kind: 'changed' };
    const settled = settledBy(transition, row, now);
    const isBehind = transition.to === 'accepted' && (settled.awaits || this.#waits(row));
    const entry = {
      ...settled.entry,
      ...(account !== undefined && { account }),
      ...(isBehind && { dueAt: null }),
    };
    const changed = this.change(row, { ...settled, entry, fence: row.fence + 1, isNews: true });
    if (changed.entry.state === row.entry.state && isFinal(row.entry.state))
      return { kind: 'written', entry: changed.entry };
    const held = changed.entry.state === 'accepted' && changed.awaits ? this.reviewRow(changed, now) : null;
    const followed = held ? { held: [held] } : this.follow(changed.entry, now);
    return { kind: 'written', entry: this.#rowOf(id)?.entry ?? changed.entry, ...followed };
  }

  async holdAccount(query: HoldQuery): Promise<HoldOutcome> {
    await this.#noteTimeline();
    const { moveTo, limit } = query;
    const now = this.now();
    const strays = this.rows
      .filter((row) => isStray(row, query, now))
      .filter((row) => this.#isMovable(row, query) || !hasReason(row, query) || isLost(row))
      .slice(0, limit);
    let moved = 0;
    for (const row of strays) {
      if (moveTo !== null && this.#isMovable(row, query)) {
        this.change(row, { isNews: true, entry: { account: moveTo, reason: lastingReason(row.entry) } });
        moved += 1;
      } else {
        const free = isLost(row) ? this.change(row, leaseLost(row.entry, now)) : row;
        this.change(free, heldFor(query, row, free.entry));
      }
    }
    return { moved, held: strays.length - moved };
  }

  async declareRestored({ since, until }: RestoreWindow): Promise<void> {
    const declaredAt = this.now();
    const { restored } = this.content;
    this.content = {
      ...this.content,
      restored: {
        declaredAt,
        since: restored && restored.since < since ? restored.since : since,
        until: restored && restored.until > until ? restored.until : until,
      },
    };
    for (const row of this.rows.filter(({ entry }) => !isFinal(entry.state))) {
      const { state, lastAttemptAt } = row.entry;
      const isSent = state === 'parked' && lastAttemptAt !== null;
      const mayBeSent = state === 'unknown' || state === 'sending' || isSent;
      this.change(row, {
        fence: row.fence + fenceLeap,
        entry: { lastAttemptAt: mayBeSent ? declaredAt : lastAttemptAt },
      });
    }
  }

  protected override guard(row: MemoryRow, now: Date): MemoryRow | null {
    const { restored } = this.content;
    const { lastAttemptAt, firstAttemptAt, acceptedAt } = row.entry;
    if (restored === null || acceptedAt >= restored.until) return null;
    if (lastAttemptAt !== null && lastAttemptAt >= restored.declaredAt) return null;
    const { since, declaredAt } = restored;
    return this.change(row, {
      isNews: true,
      entry: {
        state: 'unknown',
        changedAt: now,
        firstAttemptAt: firstAttemptAt !== null && firstAttemptAt < since ? firstAttemptAt : since,
        lastAttemptAt: declaredAt,
        reason: keepingEarlier(restoredReason, row.entry),
      },
    });
  }

  async #noteTimeline(): Promise<void> {
    const timeline = this.#timeline();
    if (timeline === this.content.timeline) return;
    this.content = { ...this.content, timeline };
    const now = this.now().getTime();
    const times = this.rows.map(({ entry: { acceptedAt, changedAt } }) =>
      Math.max(acceptedAt.getTime(), changedAt.getTime()),
    );
    const newest = times.length === 0 ? now : Math.min(now, Math.max(...times));
    await this.declareRestored({ since: new Date(newest - marginMs), until: new Date(now + repeatsMs) });
  }

  #isMovable({ entry }: MemoryRow, { moveTo, moves }: HoldQuery): boolean {
    const { state, attempts, firstAttemptAt, acceptedAt } = entry;
    if (state === 'sending' || moveTo === null) return false;
    if (moves === 'all') return true;
    const { restored } = this.content;
    const mayBeSent = restored !== null && restored.until > acceptedAt;
    return state === 'accepted' && attempts === 0 && firstAttemptAt === null && !mayBeSent;
  }

  /** Whether an operator's decision to send the entry must wait for others of its queue. */
  #waits({ entry }: MemoryRow): boolean {
    if (entry.lastAttemptAt !== null) return false;
    const isDependent = saleDependency(entry) !== null;
    return this.rows.some((other) => {
      if (!isSameQueue(other.entry, entry) || !isInLine(other)) return false;
      if (other.entry.sequence < entry.sequence) return true;
      return isDependent && other.entry.sequence > entry.sequence && other.entry.lastAttemptAt !== null;
    });
  }

  #rowOf(id: string): MemoryRow | undefined {
    return this.rows.find(({ entry }) => entry.id === id);
  }
}

function isOf(name: BacklogName): (other: BacklogName) => boolean {
  return ({ account, merchant }) => account === name.account && merchant === name.merchant;
}

function isHeldByWorker({ worker, entry: { dueAt } }: MemoryRow, now: Date): boolean {
  return worker !== null && dueAt !== null && dueAt > now;
}

function isStray(row: MemoryRow, { provider, dueForMs, ...name }: HoldQuery, now: Date): boolean {
  const { entry } = row;
  if (entry.provider !== provider || !isOf(name)(entry) || entry.dueAt === null) return false;
  if (dueForMs !== null && entry.dueAt.getTime() > now.getTime() - dueForMs) return false;
  return !isHeldByWorker(row, now);
}

/** Whether the entry has that reason to wait already, or a doubt, which outlasts it. */
function hasReason({ entry }: MemoryRow, { reason }: HoldQuery): boolean {
  return entry.reason?.code === reason.code || isDoubtful(entry);
}

/** Whether the worker of the entry vanished while it was sending. */
function isLost({ entry }: MemoryRow): boolean {
  return entry.state === 'sending';
}

function heldFor({ reason }: HoldQuery, { entry: { dueAt } }: MemoryRow, before: Entry): RowChange {
  return { isNews: true, worker: null, entry: { dueAt, reason: keepingEarlier(reason, before) } };
}
