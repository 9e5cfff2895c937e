import type { FaultRuleInput } from '@fiscalkit/sandbox';

/** Kinds of ledger that the harness runs on. */
export type LedgerKind = 'sqlite' | 'postgres';

/** A fault that the nemesis injects. Gateways are numbered from 0; times are milliseconds. */
export type Fault =
  /** Ends the process as a power cut would, and restarts it after a while. */
  | { readonly kind: 'kill-gateway'; readonly gateway: number; readonly downMs: number }
  /** The same, and once more before the restarted process may be ready. */
  | { readonly kind: 'kill-gateway-twice'; readonly gateway: number; readonly againAfterMs: number }
  /** Suspends the process for a while. */
  | { readonly kind: 'pause-gateway'; readonly gateway: number; readonly forMs: number }
  /** Shifts the clock of the process for a while. */
  | { readonly kind: 'jump-clock'; readonly gateway: number; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'kill-provider'; readonly downMs: number }
  /** Has the provider down, or under these rules, until it has forgotten; kills a gateway meanwhile. */
  | {
      readonly kind: 'outage';
      readonly rules: readonly FaultRuleInput[] | null;
      readonly forMs: number;
      readonly gateway: number;
    }
  /** Sets fault rules at the provider for a while. */
  | { readonly kind: 'trouble-provider'; readonly rules: readonly FaultRuleInput[]; readonly forMs: number }
  /** Fills the disk of the ledger but for some bytes, or makes the database read-only. */
  | { readonly kind: 'refuse-writes'; readonly leaveBytes: number; readonly forMs: number }
  | { readonly kind: 'restart-database' }
  /** Kills one of the database's own processes, so that it recovers from its log. */
  | { readonly kind: 'crash-database' }
  | { readonly kind: 'break-connections' };

/** A fault, and how long to wait before it. */
export interface PlannedFault {
  readonly waitMs: number;
  readonly fault: Fault;
}
