import type { PlanRequest } from './generator/plan.js';
import type { LedgerKind } from './nemesis/fault.js';
import type { Progress } from './report/progress.js';
import type { SafetyName } from './safeties/safeties.js';

/** What one run of the laboratory is asked for. */
export interface LaboratorySettings extends PlanRequest {
  readonly ledger: LedgerKind;
  /** The safety to take out of the ledger that the gateways load; `null` for the ledger as it is. */
  readonly without: SafetyName | null;
  /** How long everything may take to come to its end once all trouble is over, in milliseconds. */
  readonly settleMs: number;
  /** Told about once a second. */
  readonly tell: (progress: Progress) => void;
}
