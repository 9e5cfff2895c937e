import type { FaultRuleInput } from './faults/fault-rule.js';
import type { SandboxMerchant } from './merchant.js';
import type { WritingWay } from './writing/writing-way.js';

/** How a sandbox starts; everything has a default. */
export interface SandboxOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Shops that the receipts API knows; default: the sample shop of the provider's documentation. */
  readonly merchants?: readonly SandboxMerchant[];
  /** How long a receipt is pending, in milliseconds; default 300. With 0 the first answer says `registered`. */
  readonly registrationDelayMs?: number;
  /** Fault rules in force from the start. */
  readonly faults?: readonly FaultRuleInput[];
  /** Ways in which receipts are shown, listed and taken otherwise than they were sent; default: none. */
  readonly writing?: readonly WritingWay[];
  /** What chance and fiscal signs are drawn from; default 1. The same seed and calls give the same run. */
  readonly seed?: number;
  /** A file that keeps what was registered for the next start; default: nothing is kept. */
  readonly dataFile?: string;
  readonly clock?: () => Date;
  /** Mints receipt ids and provider ids; default: random UUIDs. */
  readonly createId?: () => string;
}

/** What a sandbox is when nobody says otherwise. */
export const sandboxDefaults = { host: '127.0.0.1', registrationDelayMs: 300, seed: 1 } as const;
