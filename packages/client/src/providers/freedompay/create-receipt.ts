import { randomUUID } from 'node:crypto';
import type { ProviderReceipt, ReceiptInput } from '@fiscalkit/schemas';
import { checkedReceipt } from '../../errors/checked-receipt.js';
import { errorOfVerdict, passAbort } from '../../errors/error-of-verdict.js';
import type { ClientCallOptions } from '../../transport/client-call-options.js';
import { receiptOfCreation } from './answer-to-receipt.js';
import type { FreedompayApi } from './freedompay-api.js';
import { freezeReceipt } from './freeze.js';
import { providerName } from './provider-name.js';

/** Parts of a client that create a receipt. */
export interface ReceiptCreation {
  readonly api: FreedompayApi;
  readonly merchantId: string;
  readonly clock: () => Date;
}

/** Checks a receipt and sends it once; returns it as the provider shows it. */
export async function createReceipt(
  { api, merchantId, clock }: ReceiptCreation,
  input: ReceiptInput,
  { signal, totalMs }: ClientCallOptions = {},
): Promise<ProviderReceipt> {
  const receipt = checkedReceipt(input, { now: clock(), merchantId });
  const body = freezeReceipt({ operation: 'receipt', document: { ...receipt } }, merchantId);
  const requestId = randomUUID();
  const outcome = await api.create(body, { requestId, signal, budgetMs: totalMs });
  passAbort(outcome, signal);
  const subject = { paymentId: receipt.payment_id, operationType: receipt.operation_type };
  const answer = receiptOfCreation(outcome, subject, clock());
  if (answer.kind !== 'shown') {
    const verdict = answer.kind === 'kept' ? ({ kind: 'unknown', reason: answer.reason } as const) : answer;
    throw errorOfVerdict(verdict, { provider: providerName, requestId });
  }
  return answer.receipt;
}
