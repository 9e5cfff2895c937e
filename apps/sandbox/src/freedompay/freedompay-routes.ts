import type { ProviderRoute } from '../http/route.js';
import { createReceipt } from './create-receipt.js';
import type { FreedompayParts } from './freedompay-parts.js';
import { getReceipt } from './get-receipt.js';
import { listReceipts } from './list-receipts.js';
import { operationOfDocument, paymentOfDocument, paymentOfQuery, paymentOfReceipt } from './subject-of.js';

// The provider's page prints /v1 in its list of methods and /v5 in every example.
const collection = /^\/v[15]\/receipts$/;
const member = /^\/v[15]\/receipts\/([^/]+)$/;

/** The receipts API of FreedomPay. */
export function freedompayRoutes(parts: FreedompayParts): ProviderRoute[] {
  return [
    {
      method: 'POST',
      path: collection,
      endpoint: 'receipts.create',
      paymentIdOf: (call) => paymentOfDocument(call.document),
      operationTypeOf: (call) => operationOfDocument(call.document),
      process: (call, plan) => createReceipt(call, plan, parts),
    },
    {
      method: 'GET',
      path: member,
      endpoint: 'receipts.get',
      paymentIdOf: (call) => paymentOfReceipt(call, parts.records),
      process: (call) => getReceipt(call, parts),
    },
    {
      method: 'GET',
      path: collection,
      endpoint: 'receipts.list',
      paymentIdOf: paymentOfQuery,
      process: (call, { writing }) => listReceipts(call, writing, parts),
    },
  ];
}
