import { randomUUID } from 'node:crypto';
import { defaultUtcOffsetHours, parseAmount } from '@fiscalkit/schemas';
import type { ListedDocument, ListWindow } from '../../contract/provider.js';
import { errorOfQuestion } from '../../errors/error-of-verdict.js';
import type { FreedompayApi } from './freedompay-api.js';
import { listRows } from './list-rows.js';
import { markOfReceipt } from './mark-of-receipt.js';
import { providerName } from './provider-name.js';
import type { ListedRow } from './read-receipt.js';

const dayMs = 86_400_000;
const offsetMs = defaultUtcOffsetHours * 3_600_000;

/** Dependencies of a list of documents. */
interface ListDependencies {
  readonly api: FreedompayApi;
  readonly clock: () => Date;
}

/**
 * Lists the receipts of a window, day by day: a walk through a list ends after so many rows, and what it has
 * seen is kept until it ends.
 */
export async function* listDocuments(
  { from, before, signal }: ListWindow,
  dependencies: ListDependencies,
): AsyncGenerator<readonly ListedDocument[], void> {
  const requestId = randomUUID();
  const firstDay = Math.floor((from.getTime() + offsetMs) / dayMs);
  for (let day = firstDay; day * dayMs - offsetMs < before.getTime(); day += 1) {
    signal?.throwIfAborted();
    const date = new Date(day * dayMs).toISOString().slice(0, 10);
    const walk = listRows(
      dependencies,
      { 'created_at[gte]': date, 'created_at[lte]': date },
      { requestId, signal },
    );
    let step = await walk.next();
    for (; !step.done; step = await walk.next()) {
      const documents = step.value.flatMap(documentsOf).filter(({ createdAt }) => {
        return createdAt === null || (createdAt >= from && createdAt < before);
      });
      if (documents.length > 0) yield documents;
    }
    signal?.throwIfAborted();
    if (step.value.kind === 'broken')
      throw errorOfQuestion(step.value.reason, { provider: providerName, requestId });
  }
}

/** Returns the document of a row; none of a row without an id, which no receipt of ours can be. */
function documentsOf({ content, paymentId, madeAt }: ListedRow): ListedDocument[] {
  const createdAt = typeof madeAt === 'number' && !Number.isNaN(madeAt) ? new Date(madeAt) : null;
  if (content.kind === 'unreadable') {
    const { receiptId: providerDocumentId } = content;
    const unread = { operationType: null, totalMinor: null, status: null, mark: null };
    return providerDocumentId === null ? [] : [{ providerDocumentId, paymentId, createdAt, ...unread }];
  }
  const { receipt } = content;
  return [
    {
      providerDocumentId: receipt.receipt_id,
      paymentId,
      operationType: receipt.operation_type,
      totalMinor: receipt.total === null ? null : parseAmount(receipt.total),
      status: receipt.status,
      mark: markOfReceipt(receipt),
      createdAt,
    },
  ];
}
