import type { ReceiptStatus } from '../enumerations/receipts.js';
import type { Fault } from './fault.js';

const marker = Symbol.for('fiscalkit.error');

/** Stored receipt that prevents a new one. */
export interface ExistingReceipt {
  readonly receiptId: string;
  readonly status: ReceiptStatus;
}

/** Content of every error of fiscalkit. Safe to log and to show: never a body, a key or a buyer's data. */
export interface FiscalErrorFields {
  /** Permanent dotted code, for example `idempotency.conflict`. */
  readonly code: string;
  readonly message: string;
  /** True if the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  /** Faults of the document, if the document is wrong. */
  readonly faults?: readonly Fault[];
  /** Existing receipt that prevents this one, if any. */
  readonly existing?: ExistingReceipt;
  /** Name of the called provider, if any. */
  readonly provider?: string;
  /** Id of the request in the logs of both sides. */
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** Base of every error that fiscalkit throws on purpose. */
export class FiscalError extends Error {
  readonly [marker] = true;
  readonly code: string;
  readonly retryable: boolean;
  readonly faults: readonly Fault[];
  readonly existing: ExistingReceipt | undefined;
  readonly provider: string | undefined;
  readonly requestId: string | undefined;

  constructor(fields: FiscalErrorFields) {
    super(fields.message, { cause: fields.cause });
    this.name = 'FiscalError';
    this.code = fields.code;
    this.retryable = fields.retryable;
    this.faults = fields.faults ?? [];
    this.existing = fields.existing;
    this.provider = fields.provider;
    this.requestId = fields.requestId;
  }
}

/** Recognises our errors by a marker, so that two copies of a package agree. */
export function isFiscalError(value: unknown): value is FiscalError {
  return typeof value === 'object' && value !== null && marker in value;
}
