import { deliveryColumns, type EntryRow, frozenColumns } from '../../store/entry-row.js';

const integers: ReadonlySet<keyof EntryRow> = new Set<keyof EntryRow>([
  'sequence',
  'total_minor',
  'business_time',
  'accepted_at',
  'changed_at',
  'due_at',
  'fence',
  'attempts',
  'failures',
  'first_attempt_at',
  'last_attempt_at',
  'version',
]);

/** The columns of an entry as an audit reads them: integers that no `number` can hold come rounded, where the driver would throw. */
export const entryColumns = (['sequence', ...frozenColumns, ...deliveryColumns] as const)
  .map((column) => (integers.has(column) ? `CAST(entries.${column} AS REAL) AS ${column}` : column))
  .join(', ');

/** Likewise the columns of a journal row. */
export const journalColumns = `CAST(journal.position AS REAL) AS position, entry_id, CAST(journal.version AS REAL) AS version,
  CAST(at AS REAL) AS at, from_state, to_state, details, hash`;
