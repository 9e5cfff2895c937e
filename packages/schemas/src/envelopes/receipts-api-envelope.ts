import type { ReceiptStatus } from '../enumerations/receipts.js';
import { errorsByPath, type Fault } from '../errors/fault.js';
import type { ExistingReceipt } from '../errors/fiscal-error.js';

/** Envelope of the answers of the receipts API. */
export interface DataEnvelope<Data> {
  readonly data: Data;
}

/** Envelope of the errors of the receipts API. */
export interface ErrorEnvelope {
  readonly error: {
    readonly message: string;
    /** Permanent dotted code. */
    readonly code: string;
    /** Messages by path, as the provider's own error bodies group them. */
    readonly errors: Readonly<Record<string, readonly string[]>>;
    readonly faults: readonly Pick<Fault, 'code' | 'path' | 'message'>[];
    /** True if the same request may succeed later, unchanged. */
    readonly retryable: boolean;
    readonly request_id: string;
    /** Existing receipt that prevents this one; absent without one. */
    readonly existing?: { readonly receipt_id: string; readonly status: ReceiptStatus } | undefined;
    /** Request as it arrived; present only if the caller signed another method or path. */
    readonly seen?: { readonly method: string; readonly path: string } | undefined;
  };
}

/** Content of an error envelope; a `FiscalError` is one. */
export interface EnvelopedError {
  readonly code: string;
  readonly message: string;
  readonly faults: readonly Fault[];
  readonly retryable: boolean;
  readonly existing?: ExistingReceipt | undefined;
  readonly seen?: { readonly method: string; readonly path: string } | undefined;
}

/** Builds the error envelope of the receipts API. */
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
