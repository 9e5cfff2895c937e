import type { ProviderReceipt } from '@fiscalkit/schemas';
import type { Pending, Registered, Rejected } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import { markOfReceipt } from './mark-of-receipt.js';

/**
 * Returns the verdict of a receipt that the provider shows. One that is called registered without a readable
 * mark stays pending, with the reason: the provider has it, and a poll costs nothing.
 */
export function verdictOfReceipt(receipt: ProviderReceipt): Registered | Pending | Rejected {
  if (receipt.status === 'rejected') {
    return {
      kind: 'rejected',
      reason: reasonOf('provider.rejected', {
        providerCode: receipt.error?.code ?? null,
        providerMessage: receipt.error?.message,
      }),
      providerDocumentId: receipt.receipt_id,
    };
  }
  if (receipt.status === 'pending') {
    return { kind: 'pending', providerDocumentId: receipt.receipt_id };
  }
  const mark = markOfReceipt(receipt);
  if (mark === null) {
    const reason = reasonOf('provider.unreadable', { outage: false });
    return { kind: 'pending', providerDocumentId: receipt.receipt_id, reason };
  }
  const { receipt_id, link, fiscal_provider_id } = receipt;
  return {
    kind: 'registered',
    registration: { providerDocumentId: receipt_id, mark, link, details: { fiscal_provider_id } },
  };
}
