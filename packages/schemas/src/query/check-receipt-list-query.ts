import type { Fault } from '../rules/fault.js';
import { queryFaults } from './query-faults.js';
import { type ReceiptListQuery, receiptListQuerySchema } from './receipt-list-query.js';

/** Checks the query of the receipts list; all faults at once, by name of the parameter: `limit`, `created_at[gte]`. */
export function checkReceiptListQuery(
  query: unknown,
): { ok: true; query: ReceiptListQuery } | { ok: false; faults: Fault[] } {
  const { success, data, error } = receiptListQuerySchema.safeParse(query);
  if (success) return { ok: true, query: data };
  return { ok: false, faults: queryFaults(receiptListQuerySchema, error, query) };
}
