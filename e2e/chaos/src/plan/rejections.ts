import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { PlannedDocument } from './planned-document.js';

/** The rules by which the provider rejects the documents that it is to reject. */
export function rejections(documents: readonly PlannedDocument[]): FaultRuleInput[] {
  const rejected = documents.filter(({ outcome }) => outcome === 'rejected');
  return rejected.map((document) => ({
    paymentId: document.paymentId,
    fault: { kind: 'reject' },
    ...(document.kind === 'receipt'
      ? { endpoint: 'receipts.create', operationType: document.operation }
      : { endpoint: `payments.${document.wallet}_confirm` }),
  }));
}
