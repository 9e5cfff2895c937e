import type { ListedEntry } from '../entry/listed-entry.js';
import type { EntryRow } from './entry-row.js';
import { UnreadDocument } from './unread-document.js';

/** The columns that a list reads. */
export const listedColumns = [
  'sequence',
  'id',
  'account',
  'document',
  'state',
  'accepted_at',
  'attempts',
  'provider_document_id',
  'registration',
  'reason',
] as const satisfies readonly (keyof EntryRow)[];

/** An entry as a list reads it. */
export type ListedRow = Pick<EntryRow, (typeof listedColumns)[number]> & {
  /** Id of the entry that a rejected one was handed in again as. */
  readonly superseded_by: string | null;
};

/** Reads a row of a list as an entry. */
export function listedEntryOfRow(row: ListedRow): ListedEntry {
  return Object.assign(new UnreadDocument(() => JSON.parse(row.document)), {
    sequence: row.sequence,
    id: row.id,
    account: row.account,
    state: row.state,
    acceptedAt: new Date(row.accepted_at),
    attempts: row.attempts,
    providerDocumentId: row.provider_document_id,
    registration: row.registration === null ? null : JSON.parse(row.registration),
    reason: row.reason === null ? null : JSON.parse(row.reason),
    ...(row.superseded_by !== null && { supersededBy: row.superseded_by }),
  });
}
