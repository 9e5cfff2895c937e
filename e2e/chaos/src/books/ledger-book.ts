import { type Entry, firstBrokenRow, isFinal, type JournalRow, type LedgerStore } from '@fiscalkit/ledger';
import { merchants } from '../plan/merchants.js';

/** One entry of the ledger, and what its journal shows. */
export interface StoredDocument {
  readonly entry: Entry;
  /** What is wrong with its chain of rows, in words; `null` when it is whole. */
  readonly brokenChain: string | null;
  /** Versions of the rows that were written after the outcome. */
  readonly afterOutcome: readonly number[];
}

const pageSize = 1_000;

/** Reads all entries of the laboratory's merchants with their journals, in the order in which they were accepted. */
export async function readLedgerBook(store: LedgerStore): Promise<StoredDocument[]> {
  const entries: Entry[] = [];
  for (const { id: merchant } of merchants) {
    for (let page = await readPage(store, merchant, 0), read = 0; page.length > 0; ) {
      entries.push(...page);
      read += page.length;
      page = await readPage(store, merchant, read);
    }
  }
  entries.sort((one, other) => one.sequence - other.sequence);
  const book: StoredDocument[] = [];
  for (const entry of entries) {
    const rows = await store.journal(entry.id);
    const late = rows.filter(({ from }) => from !== null && isFinal(from));
    const afterOutcome = late.map(({ version }) => version);
    book.push({ entry, afterOutcome, brokenChain: whatIsBroken(entry, rows) });
  }
  return book;
}

async function readPage(store: LedgerStore, merchant: string, offset: number): Promise<Entry[]> {
  const page = await store.list({ merchant, offset, limit: pageSize });
  const entries = await Promise.all(page.map(({ id }) => store.entry(id)));
  return entries.filter((entry) => entry !== null);
}

function whatIsBroken(entry: Entry, rows: readonly JournalRow[]): string | null {
  const broken = firstBrokenRow(rows);
  if (broken) return `row ${broken.version} does not follow from the row before it`;
  return rows.at(-1)?.to === entry.state ? null : 'the last row tells of another state than the entry';
}
