import type { OperationCapabilities, Provider, Verdict } from '@fiscalkit/client';
import type { Transition } from '../entry/transition.js';
import type { Claim } from '../store/ledger-store.js';
import type { MemoryContent } from './memory-row.fixture.js';
import { freshMemory, type ProcessMemory } from './process-memory.fixture.js';
import type { Scenario } from './scenario.fixture.js';

/** What a client knows of the document that it sends. */
export interface ClientState {
  readonly sent: number;
  /** Id of the entry that it was answered with; `null` until then. */
  readonly entryId: string | null;
}

/** A worker that has claimed an entry, and not begun its call. */
export interface Holding {
  readonly phase: 'holding';
  readonly claim: Claim;
  /** Provider that it was configured with at the claim. */
  readonly provider: Provider;
  readonly requestedAt: number;
}

/** A worker that waits for an answer. */
export interface Waiting {
  readonly phase: 'waiting';
  readonly claim: Claim;
  readonly provider: Provider;
  readonly capabilities: OperationCapabilities;
  readonly sinceAttemptMs: number;
  /** Number of the request that it sent; `null` for a query. */
  readonly request: number | null;
}

/** A worker that knows the result of its call, and has not written it. */
export interface Answered {
  readonly phase: 'answered';
  readonly claim: Claim;
  readonly transition: Transition;
}

export type WorkerState = { readonly phase: 'idle' } | Holding | Waiting | Answered;

/** A request that has left the worker. */
export interface WireRequest {
  readonly number: number;
  /** Name of the plan, which the provider doesn't know. */
  readonly plan: string;
  readonly reference: string;
  readonly content: string;
  /** The provider's id of the merchant whose account it goes to. */
  readonly holder: string;
  readonly begunAt: number;
  /** Verdict of the provider; `null` before. */
  readonly answer: Verdict | null;
}

/** A document that the provider has. */
export interface RegisteredDocument {
  readonly id: string;
  readonly plan: string;
  readonly reference: string;
  readonly content: string;
  readonly holder: string;
  readonly state: 'pending' | 'registered' | 'rejected';
  /** When the request began that it was made of. */
  readonly begunAt: number;
  /** Whether a search can see it. */
  readonly listed: boolean;
  /** Whether it is recorded in such a way that nobody can tell whose it is. */
  readonly unclear: boolean;
}

/** State of the model outside the store. Replaced, never changed. */
export interface ModelState {
  /** A clock that never jumps, in milliseconds. */
  readonly elapsed: number;
  /** How far jumps have moved the store's clock ahead, in milliseconds. */
  readonly jumpedMs: number;
  readonly jumpsLeft: number;
  readonly clients: Readonly<Record<string, ClientState>>;
  /** Worker A and worker B. */
  readonly workers: readonly WorkerState[];
  readonly processes: readonly ProcessMemory[];
  readonly wire: readonly WireRequest[];
  readonly requests: number;
  readonly documents: readonly RegisteredDocument[];
  /** Per process, the number of the account that its configuration names. */
  readonly configured: readonly number[];
  /** How often operators may still act. */
  readonly actionsLeft: number;
  /** Entries that an operator released although nothing was registered that they depend on. */
  readonly released: readonly string[];
  /** The timeline of the server: another one after a fail-over. */
  readonly timeline: number;
  /** Whether an operator has declared the ledger restored: nothing counts as never sent any more. */
  readonly declared: boolean;
  /** Content of a standby that lags; `null` while it keeps up. */
  readonly standby: MemoryContent | null;
  /** An invariant that a step violated, rather than the state after it. */
  readonly broken: string | null;
}

const idle = { phase: 'idle' } as const;

/** Returns the initial state of a scenario. */
export function firstState({ plans, processes, clockJumps, operators, workers }: Scenario): ModelState {
  const process = freshMemory;
  return {
    elapsed: 0,
    jumpedMs: 0,
    jumpsLeft: clockJumps,
    clients: Object.fromEntries(plans.map(({ name }) => [name, { sent: 0, entryId: null }])),
    workers: workers === 1 ? [idle] : [idle, idle],
    processes: processes === 'one' ? [process] : [process, process],
    wire: [],
    requests: 0,
    documents: [],
    configured: processes === 'one' ? [0] : [0, 0],
    actionsLeft: operators?.times ?? 0,
    released: [],
    timeline: 1,
    declared: false,
    standby: null,
    broken: null,
  };
}
