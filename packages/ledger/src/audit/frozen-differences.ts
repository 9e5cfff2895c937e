import { saleDependency } from '../entry/sale-dependency.js';
import { acceptanceFacts } from '../journal/journal-details.js';
import { parsedJsonDigest } from '../journal/json-digest.js';
import { entryOfRow } from '../store/entry-of-row.js';
import type { EntryRow } from '../store/entry-row.js';
import type { JournalTableRow } from '../store/journal-row-of.js';

type Facts = ReturnType<typeof acceptanceFacts>;

/** The columns that each fact of acceptance speaks of. */
const columnsOf: Readonly<Record<keyof Facts, string>> = {
  merchant: 'merchant',
  provider: 'provider',
  operation: 'operation',
  reference: 'reference',
  request_digest: 'body',
  document_digest: 'document',
  content_digest: 'content_digest',
  identity_digest:
    'idempotency_key, claims, ordering_key, payment_id, operation_type, total_minor or business_time',
};

const facts = Object.keys(columnsOf) as (keyof Facts)[];

/** The columns of an entry that are not what its acceptance was journalled with. Pure. */
export function frozenDifferences(row: EntryRow, acceptance: JournalTableRow): string[] {
  const told = JSON.parse(acceptance.details);
  const found = readFacts(row);
  if (found === null) return ['document or claims'];
  return [
    ...facts
      .filter((name) => name in told && told[name] !== found.facts[name])
      .map((name) => columnsOf[name]),
    ...(row.accepted_at === acceptance.at ? [] : ['accepted_at']),
    // Parsing would hide what was put in twice, and a part of a millisecond.
    ...(Number.isInteger(row.business_time) ? [] : ['business_time']),
    ...(found.document === row.document ? [] : ['document']),
    ...(found.dependsOn === row.depends_on ? [] : ['depends_on']),
  ];
}

/** What is frozen of an entry, read anew: its facts, its document as it was written, and what it depends on. */
interface Frozen {
  readonly facts: Facts;
  readonly document: string;
  readonly dependsOn: string | null;
}

/** Answers `null` when the entry can't even be read. */
function readFacts(row: EntryRow): Frozen | null {
  try {
    const entry = entryOfRow(row);
    const facts = acceptanceFacts(entry, parsedJsonDigest(entry.document));
    return { facts, document: JSON.stringify(entry.document), dependsOn: saleDependency(entry) };
  } catch {
    return null;
  }
}
