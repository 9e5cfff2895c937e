import type { Violation } from './checker/observations.js';
import type { Recognition } from './checker/recognition.js';
import type { LedgerKind } from './nemesis/fault.js';
import type { SafetyName } from './safeties/safeties.js';

/** What a run came to. */
export interface RunResult {
  /** The command that makes the same run. */
  readonly command: string;
  readonly ledger: LedgerKind;
  /** In words: where the ledger was, and how writes were refused. */
  readonly place: string;
  readonly seed: number;
  readonly gateways: number;
  /** The safety that was taken out. */
  readonly without: SafetyName | null;
  readonly machine: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** How much there was of everything. */
  readonly counts: Readonly<Record<string, number>>;
  readonly recognition: Recognition;
  readonly receiptsAtProvider: number;
  /** How many receipts the provider writes in each way. */
  readonly writing: Readonly<Record<string, number>>;
  /** How often each kind of disturbance happened. */
  readonly disturbances: Readonly<Record<string, number>>;
  /** How often each kind of fault struck a call at the provider. */
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}
