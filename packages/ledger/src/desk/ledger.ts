import type { BreakerState } from '../delivery/circuit-breaker.js';
import type { TroubledAccount } from '../delivery/lane.js';
import type { EventDesk } from '../events/event-desk.js';
import type { InterventionsDesk } from '../interventions/interventions-desk.js';
import type { LedgerListener } from '../observation/ledger-event.js';
import type { StoreFigures } from '../store/ledger-store.js';
import type { LedgerSetup } from './ledger-setup.js';
import type { PaymentsDesk } from './payments-desk.js';
import type { ReceiptsDesk } from './receipts-desk.js';
import type { SharedAccount } from './shared-accounts.js';

/** Takes documents in, keeps them, and delivers each to its provider exactly once. */
export interface Ledger {
  readonly receipts: ReceiptsDesk;
  readonly payments: PaymentsDesk;
  /** What people do to entries that delivery can't settle by itself. */
  readonly interventions: InterventionsDesk;
  /** Handlers are added before `start()`. */
  readonly events: Pick<EventDesk, 'on' | 'forget'>;
  /** Starts delivering. Documents can be handed in before; they wait. */
  start(): Promise<void>;
  /**
   * Stops delivering: no new calls, a grace for the calls under way (10,000 ms when absent), then they are cut off and their
   * outcome is found out after the next start. Store and providers stay open: who opened them closes them.
   */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
  /** What waits. */
  figures(): Promise<StoreFigures>;
  /** Throws a `FiscalError` with code `ledger.unavailable` while nothing can be written, as far as that can be told. */
  checkWrites(): Promise<void>;
  /** Per provider that is delivered to, the state of the circuit breaker that is worst off: every account has its own. */
  breakers(): Record<string, BreakerState>;
  /**
   * The accounts that calls are kept from now, by their circuit breaker or because the provider asked for a pause, and those that refuse
   * a merchant's key.
   */
  troubledAccounts(): TroubledAccount[];
  /** The accounts that more merchants than one have. */
  sharedAccounts(): readonly SharedAccount[];
  /** What it was set up with, to be told at the start. */
  setup(): LedgerSetup;
  /** Answers how to stop watching. */
  observe(listener: LedgerListener): () => void;
}
