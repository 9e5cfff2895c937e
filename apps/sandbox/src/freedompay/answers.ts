import { defaultUtcOffsetHours, errorsByPath, type Fault, receiptObject } from '@fiscalkit/schemas';
import type { Answer } from '../http/answer.js';
import { type ReceiptRecord, receiptState } from '../records/record.js';
import { writeReceipt } from '../writing/write-receipt.js';

/** Returns a receipt as shown at a given time: in its ways of writing, `created_at` in the given zone. */
export function receiptData(
  record: ReceiptRecord,
  now: Date,
  utcOffsetHours = defaultUtcOffsetHours,
): Readonly<Record<string, unknown>> {
  const { outcome } = record;
  const status = receiptState(record, now);
  const registration = status === 'registered' && outcome.kind === 'registers' ? outcome : null;
  const rejection = status === 'rejected' && outcome.kind === 'is-rejected' ? outcome : null;
  const receipt = receiptObject({
    receipt: record.receipt,
    receiptId: record.receiptId,
    merchantId: record.merchantId,
    status,
    createdAt: new Date(record.createdAt),
    utcOffsetHours,
    mark: registration?.mark ?? null,
    fiscalProviderId: registration?.fiscalProviderId ?? null,
    link: registration?.link ?? null,
    error: rejection === null ? null : { code: rejection.code, message: rejection.message },
  });
  return writeReceipt(receipt, record.writing ?? []);
}

/** Returns a 400 with every fault by its path, as the provider's sibling APIs answer. */
export function faultsAnswer(faults: readonly Fault[]): Answer {
  const message = 'Error validating transmitted data.';
  return { status: 400, body: { error: { message, errors: errorsByPath(faults) } } };
}
