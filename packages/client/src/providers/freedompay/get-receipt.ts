import { randomUUID } from 'node:crypto';
import { FiscalError, type ProviderReceipt } from '@fiscalkit/schemas';
import { errorOfQuestion, passAbort } from '../../errors/error-of-verdict.js';
import type { Deadline } from '../../transport/deadline.js';
import { receiptOfQuestion } from './answer-to-receipt.js';
import type { FreedompayApi } from './freedompay-api.js';
import { providerName } from './provider-name.js';
import { isReceiptId } from './receipt-id.js';

/** Dependencies of a query for one receipt. */
export interface ReceiptQuestion {
  readonly api: FreedompayApi;
  readonly clock: () => Date;
  readonly deadline: Deadline;
  readonly signal: AbortSignal | undefined;
}

/** Queries one receipt once. */
export async function getReceipt(
  receiptId: string,
  { api, clock, deadline, signal }: ReceiptQuestion,
): Promise<ProviderReceipt> {
  if (!isReceiptId(receiptId)) {
    throw new FiscalError({
      code: 'receipt.id',
      message: 'This can not be the id of a receipt.',
      retryable: false,
    });
  }
  const requestId = randomUUID();
  const outcome = await api.get(receiptId, { requestId, signal, budgetMs: deadline() });
  passAbort(outcome, signal);
  const answer = receiptOfQuestion(outcome, receiptId, clock());
  if (answer.kind !== 'shown') {
    throw errorOfQuestion(answer.reason, { provider: providerName, requestId });
  }
  return answer.receipt;
}
