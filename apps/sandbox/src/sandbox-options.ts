import type { EmulatorOptions } from './emulators/emulators.js';
import type { FaultRuleInput } from './faults/fault-rule.js';
import type { SandboxMerchant } from './merchant.js';
import type { WritingWay } from './writing/writing-way.js';

/** Options of a sandbox; all have defaults. Each emulated provider has its accounts and times under its name. */
export interface SandboxOptions extends EmulatorOptions {
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Port to listen on; default 0: any free port. */
  readonly port?: number;
  /** Merchants of the receipts API; default: the sample merchant of the provider's documentation. */
  readonly merchants?: readonly SandboxMerchant[];
  /**
   * Time for which a receipt is pending, in milliseconds; default 300. With 0 the first answer is
   * `registered`.
   */
  readonly registrationDelayMs?: number;
  /** Fault rules in force from the start. */
  readonly faults?: readonly FaultRuleInput[];
  /**
   * Ways in which receipts are shown, listed and accepted differently from how they were sent; default: none.
   */
  readonly writing?: readonly WritingWay[];
  /** Whether `documents()` returns what was taken, with the data of buyers; default: false. */
  readonly keepDocuments?: boolean;
  /** Seed of random faults and fiscal signs; default 1. The same seed and calls give the same run. */
  readonly seed?: number;
  /** File that keeps everything registered for the next start; default: nothing is kept. */
  readonly dataFile?: string;
  /** Current time before `advance` moves it; default: the system clock. */
  readonly clock?: () => Date;
  /** Creates receipt ids and provider ids; default: random UUIDs. */
  readonly createId?: () => string;
}

/** Default options, also of the command line. */
export const sandboxDefaults = { host: '127.0.0.1', registrationDelayMs: 300, seed: 1 } as const;
