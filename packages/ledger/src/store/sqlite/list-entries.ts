import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { EntryRow } from '../entry-row.js';
import type { EntryQuery } from '../ledger-store.js';
import { prepareQuery } from './query.js';

const hasPositionNamed = `EXISTS (
  SELECT 1 FROM json_each(document, '$.positions') WHERE json_extract(value, '$.name') = :positionName
)`;

/** Reads a page of a merchant's entries, newest first. */
export function listEntries(database: DatabaseSync, query: EntryQuery): EntryRow[] {
  const filters: [condition: string, name: string, value: SQLInputValue | undefined][] = [
    ['merchant = :merchant', 'merchant', query.merchant],
    ['operation = :operation', 'operation', query.operation],
    ['accepted_at >= :acceptedFrom', 'acceptedFrom', query.acceptedFrom?.getTime()],
    ['accepted_at < :acceptedBefore', 'acceptedBefore', query.acceptedBefore?.getTime()],
    ['payment_id = :paymentId', 'paymentId', query.paymentId],
    ['operation_type = :operationType', 'operationType', query.operationType],
    [
      'state IN (SELECT value FROM json_each(:states))',
      'states',
      query.states && JSON.stringify(query.states),
    ],
    ['total_minor = :totalMinor', 'totalMinor', query.totalMinor],
    [hasPositionNamed, 'positionName', query.positionName],
  ];
  const asked = filters.filter(([, , value]) => value !== undefined);
  const conditions = asked.map(([condition]) => condition).join(' AND ');
  const values = Object.fromEntries(asked.map(([, name, value]) => [name, value ?? null]));
  return prepareQuery<EntryRow>(
    database,
    `SELECT * FROM entries WHERE ${conditions}
     ORDER BY accepted_at DESC, sequence DESC LIMIT :limit OFFSET :offset`,
  ).all({ ...values, limit: query.limit, offset: query.offset });
}
