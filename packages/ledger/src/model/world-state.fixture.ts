import type { Provider, Verdict } from '@fiscalkit/client';
import type { Transition } from '../entry/transition.js';
import type { Claim } from '../store/ledger-store.js';
import type { MemoryContent } from './memory-row.fixture.js';
import { freshMemory, type ProcessMemory } from './process-memory.fixture.js';
import type { Scenario } from './scenario.fixture.js';

/** What a client knows of the document that it hands in. */
export interface ClientState {
  readonly handedIn: number;
  /** The entry that it was told of; `null` until then. */
  readonly told: string | null;
}

/** A worker that has taken an entry, and not begun its call. */
export interface Holding {
  readonly phase: 'holding';
  readonly claim: Claim;
  /** The provider that it was configured with when it took the entry. */
  readonly provider: Provider;
  readonly askedAt: number;
}

/** A worker that waits for an answer. */
export interface Waiting {
  readonly phase: 'waiting';
  readonly claim: Claim;
  readonly provider: Provider;
  readonly sinceAttemptMs: number;
  /** Number of the request that it sent; `null` for a question. */
  readonly request: number | null;
}

/** A worker that knows what came of its call, and has not written it. */
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
  /** What the provider made of it; `null` before. */
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
  /** Whether a search can see it. */
  readonly listed: boolean;
  /** Whether it is written down in such a way that nobody can tell whose it is. */
  readonly unclear: boolean;
}

/** Everything of the world that is not in the store. Replaced, never changed. */
export interface WorldState {
  /** A clock that never jumps, in milliseconds. */
  readonly elapsed: number;
  /** How far the store's clock is ahead of where it was when the world began, beyond what has elapsed. */
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
  /** How often people may still act. */
  readonly actsLeft: number;
  /** Entries that a person let go although nothing was registered that they depend on. */
  readonly released: readonly string[];
  /** The timeline of the server: another one after a fail-over. */
  readonly timeline: number;
  /** Whether a person has declared the ledger restored: nothing counts as never sent any more. */
  readonly declared: boolean;
  /** What the standby has since it lags; `null` while it keeps up. */
  readonly standby: MemoryContent | null;
  /** A promise that was broken by what was done, not by where it led. */
  readonly broken: string | null;
}

const idle = { phase: 'idle' } as const;

/** Before anything has happened. */
export function firstState({ plans, processes, clockJumps, people, workers }: Scenario): WorldState {
  const process = freshMemory;
  return {
    elapsed: 0,
    jumpedMs: 0,
    jumpsLeft: clockJumps,
    clients: Object.fromEntries(plans.map(({ name }) => [name, { handedIn: 0, told: null }])),
    workers: workers === 1 ? [idle] : [idle, idle],
    processes: processes === 'one' ? [process] : [process, process],
    wire: [],
    requests: 0,
    documents: [],
    configured: processes === 'one' ? [0] : [0, 0],
    actsLeft: people?.times ?? 0,
    released: [],
    timeline: 1,
    declared: false,
    standby: null,
    broken: null,
  };
}
