import type { Call, ProviderRoute } from '../http/route.js';
import type { RecordRepository } from '../records/record-repository.js';
import { createReceipt } from './create-receipt.js';
import type { FreedompayDependencies } from './dependencies.js';
import { getReceipt, listReceipts } from './read-receipts.js';

// The provider documents /v1 in its list of methods and /v5 in every example.
const collection = /^\/v[15]\/receipts$/;
const member = /^\/v[15]\/receipts\/([^/]+)$/;

/** Returns the routes of the receipts API of FreedomPay. */
export function freedompayRoutes(dependencies: FreedompayDependencies): ProviderRoute[] {
  return [
    {
      method: 'POST',
      path: collection,
      endpoint: 'receipts.create',
      paymentIdOf: (call) => paymentOfDocument(call.document),
      operationTypeOf: (call) => operationOfDocument(call.document),
      process: (call, plan) => createReceipt(call, plan, dependencies),
    },
    {
      method: 'GET',
      path: member,
      endpoint: 'receipts.get',
      paymentIdOf: (call) => paymentOfReceipt(call, dependencies.records),
      process: (call) => getReceipt(call, dependencies),
    },
    {
      method: 'GET',
      path: collection,
      endpoint: 'receipts.list',
      paymentIdOf: paymentOfQuery,
      process: (call, { writing }) => listReceipts(call, writing, dependencies),
    },
  ];
}

/** Returns the payment id in a request body that is not validated yet. */
function paymentOfDocument(document: unknown): string | null {
  if (typeof document !== 'object' || document === null || !('payment_id' in document)) return null;
  const { payment_id: paymentId } = document;
  return typeof paymentId === 'string' || typeof paymentId === 'number' ? String(paymentId) : null;
}

/** Returns the operation in a request body that is not validated yet. */
function operationOfDocument(document: unknown): string | null {
  if (typeof document !== 'object' || document === null || !('operation_type' in document)) return null;
  return typeof document.operation_type === 'string' ? document.operation_type : null;
}

/** Returns the payment id of the receipt in the path. */
function paymentOfReceipt(call: Call, records: RecordRepository): string | null {
  return records.receipts.get(call.id ?? '')?.receipt.payment_id ?? null;
}

/** Returns the payment id that a list is filtered by. */
function paymentOfQuery(call: Call): string | null {
  return new URLSearchParams(call.query).get('payment_id');
}
