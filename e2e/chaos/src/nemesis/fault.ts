import type { FaultRuleInput } from '@fiscalkit/sandbox';

/** The kinds of ledger that the laboratory runs on. */
export type LedgerKind = 'sqlite' | 'postgres';

/** Something that goes wrong. Gateways are numbered from 0; times are milliseconds. */
export type Disturbance =
  /** Ends the process as a power cut would, and starts it again after a while. */
  | { readonly kind: 'kill-gateway'; readonly gateway: number; readonly downMs: number }
  /** The same, and once more so soon after the start that it may not be ready yet. */
  | { readonly kind: 'kill-gateway-twice'; readonly gateway: number; readonly againAfterMs: number }
  /** Stops the process where it is, and lets it go on as if nothing had been. */
  | { readonly kind: 'pause-gateway'; readonly gateway: number; readonly forMs: number }
  /** Shifts what the process takes for the time, and shifts it back. */
  | { readonly kind: 'jump-clock'; readonly gateway: number; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'kill-provider'; readonly downMs: number }
  /** Sets fault rules at the provider for a while. */
  | { readonly kind: 'trouble-provider'; readonly rules: readonly FaultRuleInput[]; readonly forMs: number }
  /** Fills the disk of the ledger but for some bytes, or makes the database read-only. */
  | { readonly kind: 'refuse-writes'; readonly leaveBytes: number; readonly forMs: number }
  | { readonly kind: 'restart-database' }
  /** Kills one of the database's own processes: it recovers from its log. */
  | { readonly kind: 'crash-database' }
  | { readonly kind: 'break-connections' };

/** A disturbance and how long to wait before it. */
export interface PlannedDisturbance {
  readonly waitMs: number;
  readonly disturbance: Disturbance;
}
