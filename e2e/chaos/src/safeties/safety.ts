import type { EmphasisName } from '../generator/profile.js';
import type { LedgerKind } from '../nemesis/fault.js';

/** One text of the built ledger or client, and what stands in its place when a safety is taken out. */
export interface Replacement {
  /** Stands there exactly once. */
  readonly text: string;
  readonly by: string;
}

/** A safety of the ledger, how it is taken out, and the run that shows what it is there for. */
export interface Safety {
  readonly replacements: readonly Replacement[];
  readonly ledger: LedgerKind;
  readonly gateways: number;
  readonly receipts: number;
  readonly kills: number;
  readonly emphasis: EmphasisName;
}
