import type { ProviderCapabilities } from '@fiscalkit/client';
import { AttemptMemory } from '../delivery/attempt-memory.js';
import type { Entry, NewEntry } from '../entry/entry.js';
import type { Claim } from '../store/ledger-store.js';
import type { MemoryRow } from './memory-row.fixture.js';
import type { ModelSetup } from './model-setup.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';

/** Measures by the store's clock, wherever that jumps. */
export class Trusting extends AttemptMemory {
  override sinceAttemptMs({ entry, claimedAt }: Claim, startWithinMs: number): number {
    return claimedAt.getTime() - (entry.lastAttemptAt ?? entry.acceptedAt).getTime() - startWithinMs;
  }
}

/** Assumes that every call begins with its claim. */
export class Hasty extends AttemptMemory {
  override sinceAttemptMs(claim: Claim, _startWithinMs: number, now: number): number {
    return super.sinceAttemptMs(claim, 0, now);
  }
}

/** Assumes that every call of a lost ledger began with its claim. */
export class Prompt extends AttemptMemory {
  override sinceAttemptMs(claim: Claim, startWithinMs: number, now: number): number {
    return super.sinceAttemptMs(claim, claim.entry.attempts === 0 ? 0 : startWithinMs, now);
  }
}

/** Distinguishes attempts by their number alone. */
export class ByNumber extends AttemptMemory {
  override begin({ id, attempts }: Pick<Entry, 'id' | 'attempts'>, now: number): void {
    super.begin({ id, attempts, lastAttemptAt: null }, now);
  }

  override sinceAttemptMs({ entry, ...claim }: Claim, startWithinMs: number, now: number): number {
    const known = entry.attempts === 0 ? entry : { ...entry, lastAttemptAt: null };
    return super.sinceAttemptMs({ ...claim, entry: known }, startWithinMs, now);
  }
}

/** Replaces the capabilities that the ledger believes of a provider. */
export function withCapabilities(
  { providers }: ModelSetup,
  capabilities: Partial<ProviderCapabilities>,
): Partial<ModelSetup> {
  return {
    providers: providers.map((provider) => ({
      ...provider,
      capabilities: { ...provider.capabilities, ...capabilities },
    })),
  };
}

/** Changes the claims of a store. */
export function claimsOtherwise(
  store: RewindableStore,
  change: (claim: Claim) => Claim,
): Partial<RewindableStore> {
  return { claim: async (query) => (await store.claim(query)).map(change) };
}

/** Builds the request at the time of the claim, so that its bytes show it. */
export function builtAgain({ entry, claimedAt, ...claim }: Claim): Claim {
  const age = claimedAt.getTime() - entry.acceptedAt.getTime();
  const body = Buffer.concat([entry.request.body, Buffer.from(' '.repeat(age))]);
  return { ...claim, claimedAt, entry: { ...entry, request: { ...entry.request, body } } };
}

/** Makes the worker believe in a lease that the store did not give. */
export function believing(claim: Claim, leaseMs: number): Claim {
  return { ...claim, entry: { ...claim.entry, dueAt: new Date(claim.claimedAt.getTime() + leaseMs) } };
}

/** Returns the entry without its rule for twins, so that it is accepted beside its like. */
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
