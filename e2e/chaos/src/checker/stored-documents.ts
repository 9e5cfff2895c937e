import {
  type Entry,
  type EntryState,
  firstBrokenRow,
  isFinal,
  type JournalRow,
  type LedgerStore,
} from '@fiscalkit/ledger';

/** A row of an entry's journal, as far as the checker reads it. */
export interface StoredRow {
  readonly from: EntryState | null;
  readonly to: EntryState;
  /** On the store's clock. */
  readonly at?: Date;
  readonly details: {
    readonly reason?: string;
    readonly http_status?: number;
    readonly provider_code?: string;
    readonly provider_document?: string;
    /** Number of the request under another reference that is sent from now on. */
    readonly reissue?: number;
    /** The operator's action. */
    readonly action?: string;
  };
}

/** One entry of the ledger, and the facts of its journal. */
export interface StoredDocument {
  readonly entry: Entry;
  /** Oldest first. */
  readonly rows: readonly StoredRow[];
  /** Fault of its chain of rows, in words; `null` when it is whole. */
  readonly brokenChain: string | null;
  /** Versions of the rows that were written after the outcome. */
  readonly afterOutcome: readonly number[];
}

const pageSize = 1_000;

/** Reads all entries with their journals, in the order in which they were accepted. */
export async function readStoredDocuments(
  store: LedgerStore,
  merchants: readonly string[],
): Promise<StoredDocument[]> {
  const entries: Entry[] = [];
  for (const merchant of merchants) {
    for (let page = await readPage(store, merchant, 0), read = 0; page.length > 0; ) {
      entries.push(...page);
      read += page.length;
      page = await readPage(store, merchant, read);
    }
  }
  entries.sort((one, other) => one.sequence - other.sequence);
  const documents: StoredDocument[] = [];
  for (const entry of entries) {
    const rows = await store.journal(entry.id);
    // The record that a rejected document was resubmitted changes no outcome.
    const stored = rows.map(storedRow);
    const late = rows.filter(
      ({ from }, index) => from !== null && isFinal(from) && stored[index]?.details.action !== 'resubmit',
    );
    const afterOutcome = late.map(({ version }) => version);
    documents.push({ entry, rows: stored, afterOutcome, brokenChain: chainFault(entry, rows) });
  }
  return documents;
}

async function readPage(store: LedgerStore, merchant: string, offset: number): Promise<Entry[]> {
  const page = await store.list({ merchant, offset, limit: pageSize });
  const entries = await Promise.all(page.map(({ id }) => store.entry(id)));
  return entries.filter((entry) => entry !== null);
}

function storedRow({ from, to, at, details }: JournalRow): StoredRow {
  return { from, to, at, details: JSON.parse(details) };
}

function chainFault(entry: Entry, rows: readonly JournalRow[]): string | null {
  const broken = firstBrokenRow(rows);
  if (broken) return `row ${broken.version} does not follow from the row before it`;
  return rows.at(-1)?.to === entry.state ? null : 'the last row tells of another state than the entry';
}
