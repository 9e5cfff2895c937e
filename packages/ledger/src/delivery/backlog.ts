import type { Provider } from '@fiscalkit/client';
import type { BacklogName } from '../store/ledger-store.js';
import type { AccountGate } from './account-gate.js';
import type { BreakerState } from './circuit-breaker.js';

/** An account of which a lane has heard. */
export interface LaneAccount {
  readonly name: string;
  readonly gate: AccountGate;
  /** What waits for it, merchant by merchant: most accounts have one. */
  readonly backlogs: Set<Backlog>;
  /** The state of the breaker that was told last. */
  breakerState: BreakerState;
  /** Whether what waits for the end of its outage was already made due for the trial that may begin. */
  hastened: boolean;
}

/** Entries of one merchant that wait for one account. */
export interface Backlog {
  readonly merchant: string;
  readonly account: LaneAccount;
  readonly provider: Provider;
  /** When the next of them is due, on the clock that never jumps. */
  dueAt: number;
  /** Whether one may have become due since the store was last asked. */
  woken: boolean;
}

/** The name of a backlog as one text. No address of an account has a blank. */
export function backlogKey({ account, merchant }: BacklogName): string {
  return `${account} ${merchant}`;
}
