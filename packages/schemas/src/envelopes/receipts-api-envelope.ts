import type { ReceiptStatus } from '../enumerations/receipts.js';
import { errorsByPath, type Fault } from '../errors/fault.js';
import type { ExistingReceipt } from '../errors/fiscal-error.js';

/** How the receipts API wraps its answers. */
export interface DataEnvelope<Data> {
  readonly data: Data;
}

/** How the receipts API of fiscalkit says what went wrong. */
export interface ErrorEnvelope {
  readonly error: {
    readonly message: string;
    /** Permanent dotted code. */
    readonly code: string;
    /** Messages by path, as the provider's own error bodies group them. */
    readonly errors: Readonly<Record<string, readonly string[]>>;
    readonly faults: readonly Pick<Fault, 'code' | 'path' | 'message'>[];
    /** Whether the same request may succeed later, unchanged. */
    readonly retryable: boolean;
    readonly request_id: string;
    /** The receipt that stands in the way; only where one does. */
    readonly existing?: { readonly receipt_id: string; readonly status: ReceiptStatus } | undefined;
    /** The request as it arrived; only where the caller signed another method or path. */
    readonly seen?: { readonly method: string; readonly path: string } | undefined;
  };
}

/** What an envelope is made of; a `FiscalError` is one. */
export interface EnvelopedError {
  readonly code: string;
  readonly message: string;
  readonly faults: readonly Fault[];
  readonly retryable: boolean;
  readonly existing?: ExistingReceipt | undefined;
  readonly seen?: { readonly method: string; readonly path: string } | undefined;
}

/** Puts what went wrong into the envelope of the receipts API. */
export function errorEnvelope(
  { code, message, faults, retryable, existing, seen }: EnvelopedError,
  requestId: string,
): ErrorEnvelope {
  return {
    error: {
      message,
      code,
      errors: errorsByPath(faults),
      faults: faults.map((fault) => ({ code: fault.code, path: fault.path, message: fault.message })),
      retryable,
      request_id: requestId,
      ...(existing && { existing: { receipt_id: existing.receiptId, status: existing.status } }),
      ...(seen && { seen }),
    },
  };
}
