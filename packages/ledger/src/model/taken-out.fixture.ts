import type { ProviderCapabilities } from '@fiscalkit/client';
import { AttemptMemory } from '../delivery/attempt-memory.js';
import type { Entry, NewEntry } from '../entry/entry.js';
import type { Claim } from '../store/ledger-store.js';
import type { MemoryRow } from './memory-row.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import type { WorldParts } from './world-parts.fixture.js';

/** Takes the time from the store's clock, wherever that jumps. */
export class Trusting extends AttemptMemory {
  override sinceAttemptMs({ entry, claimedAt }: Claim, startWithinMs: number): number {
    return claimedAt.getTime() - (entry.lastAttemptAt ?? entry.acceptedAt).getTime() - startWithinMs;
  }
}

/** Takes it that every call begins with its claim. */
export class Hasty extends AttemptMemory {
  override sinceAttemptMs(claim: Claim, _startWithinMs: number, now: number): number {
    return super.sinceAttemptMs(claim, 0, now);
  }
}

/** Takes it that every call of a ledger that was lost began with its claim. */
export class Prompt extends AttemptMemory {
  override sinceAttemptMs(claim: Claim, startWithinMs: number, now: number): number {
    return super.sinceAttemptMs(claim, claim.entry.attempts === 0 ? 0 : startWithinMs, now);
  }
}

/** Tells attempts apart by their number alone. */
export class ByNumber extends AttemptMemory {
  override begin({ id, attempts }: Pick<Entry, 'id' | 'attempts'>, now: number): void {
    super.begin({ id, attempts, lastAttemptAt: null }, now);
  }

  override sinceAttemptMs({ entry, ...claim }: Claim, startWithinMs: number, now: number): number {
    const known = entry.attempts === 0 ? entry : { ...entry, lastAttemptAt: null };
    return super.sinceAttemptMs({ ...claim, entry: known }, startWithinMs, now);
  }
}

/** A provider of which the ledger believes something else than it is. */
export function withCapabilities(
  { providers }: WorldParts,
  capabilities: Partial<ProviderCapabilities>,
): Partial<WorldParts> {
  return {
    providers: providers.map((provider) => ({
      ...provider,
      capabilities: { ...provider.capabilities, ...capabilities },
    })),
  };
}

/** A store that hands out changed claims. */
export function claimsOtherwise(
  store: RewindableStore,
  change: (claim: Claim) => Claim,
): Partial<RewindableStore> {
  return { claim: async (query) => (await store.claim(query)).map(change) };
}

/** The request is built at the time of the claim, and shows it. */
export function builtAgain({ entry, claimedAt, ...claim }: Claim): Claim {
  const age = claimedAt.getTime() - entry.acceptedAt.getTime();
  const body = Buffer.concat([entry.request.body, Buffer.from(' '.repeat(age))]);
  return { ...claim, claimedAt, entry: { ...entry, request: { ...entry.request, body } } };
}

/** The worker believes in its lease, though the store gave none. */
export function believing(claim: Claim, leaseMs: number): Claim {
  return { ...claim, entry: { ...claim.entry, dueAt: new Date(claim.claimedAt.getTime() + leaseMs) } };
}

/** A document of which it is not said what becomes of it where its like is there: it is taken. */
export function meant({ onTwin: _, ...entry }: NewEntry): NewEntry {
  return entry;
}

/** Changes the rows of a store. */
export function changeRows(
  store: RewindableStore,
  change: (row: MemoryRow, index: number) => MemoryRow,
): void {
  const content = store.save();
  store.load({ ...content, rows: content.rows.map(change) });
}

/** Changes when the entries of a store are due. */
export function changeDueTimes(
  store: RewindableStore,
  dueAtOf: (entry: Entry, index: number) => Date | null,
): void {
  changeRows(store, (row, index) => ({ ...row, entry: { ...row.entry, dueAt: dueAtOf(row.entry, index) } }));
}
