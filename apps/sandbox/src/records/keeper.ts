import type { ConfirmationRecord } from './confirmation-record.js';
import type { ReceiptRecord } from './receipt-record.js';

export type SandboxRecord = ReceiptRecord | ConfirmationRecord;

/** Keeps records beyond the life of the process. */
export interface Keeper {
  /** Keeps one more; returns when the operating system has it. */
  keep(record: SandboxRecord): void;
  /** Forgets all. */
  clear(): void;
  close(): void;
}

/** Keeps nothing: what a sandbox without a data file does. */
export const keepNothing: Keeper = { keep() {}, clear() {}, close() {} };
