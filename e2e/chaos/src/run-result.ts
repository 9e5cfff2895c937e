import type { Violation } from './checker/observations.js';
import type { MutationName } from './mutations/mutations.js';
import type { LedgerKind } from './nemesis/fault.js';
import type { Review } from './providers/emulated-provider.js';
import type { ProviderName } from './providers/providers.js';

/** Result of a run. */
export interface RunResult {
  /** The command that makes the same run. */
  readonly command: string;
  readonly provider: ProviderName;
  /** Times of the provider that are scaled, in words. */
  readonly times: readonly string[];
  readonly ledger: LedgerKind;
  /** Place of the ledger, and how writes were refused, in words. */
  readonly place: string;
  readonly seed: number;
  readonly gateways: number;
  /** The safety that the ledger of the gateways ran without; `null` for the whole ledger. */
  readonly without: MutationName | null;
  readonly machine: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Counts by what they count, as the report names it. */
  readonly counts: Readonly<Record<string, number>>;
  /** What only this provider has. */
  readonly review: Review;
  readonly receiptsAtProvider: number;
  /** Number of receipts that the provider rewrote in each way. */
  readonly writing: Readonly<Record<string, number>>;
  /** Number of faults of each kind that the nemesis injected. */
  readonly injectedFaults: Readonly<Record<string, number>>;
  /** Number of calls that each kind of the provider's faults was applied to. */
  readonly providerFaults: Readonly<Record<string, number>>;
  /** How often the receiver of webhooks treated a request in each way, and was down. */
  readonly receiverFaults: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}
