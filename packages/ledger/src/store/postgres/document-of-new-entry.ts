import type { NewEntry } from '../../entry/entry.js';
import { acceptanceDetails } from '../../journal/journal-details.js';
import { newEntryRow } from '../new-entry-row.js';

/**
 * A new entry as the SQL function `accept` takes it. The document goes in as a text within the text, so that the database
 * keeps it letter by letter.
 */
export function documentOfNewEntry(entry: NewEntry): Readonly<Record<string, unknown>> {
  return {
    ...newEntryRow(entry),
    claims: entry.claims,
    position_names: positionNames(entry.document),
    business_time: entry.request.businessTime.toISOString(),
    body: Buffer.from(entry.request.body).toString('base64'),
    details: acceptanceDetails(entry),
    on_twin: entry.onTwin,
  };
}

/** What `list` finds by position name. A name with U+0000, which the database can't hold, is not found. */
function positionNames({ positions }: NewEntry['document']): string[] {
  if (!Array.isArray(positions)) return [];
  return positions
    .map((position) => Object(position).name)
    .filter((name) => typeof name === 'string' && !name.includes('\0'));
}
