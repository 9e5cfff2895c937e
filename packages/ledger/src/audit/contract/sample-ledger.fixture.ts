import type { Entry, NewEntry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import type { JournalRow } from '../../journal/journal-row.js';
import { claimDue } from '../../store/claim-due.fixture.js';
import { registered, rejected, waitsAfterOutage } from '../../store/contract/sample-transitions.fixture.js';
import type { LedgerStore } from '../../store/ledger-store.js';
import { newEntry } from '../../store/new-entry.fixture.js';

/** The entries of the sample, and every journal row in the order of positions. */
export interface SampleLedger {
  /** Registered at once; under the first seals. */
  readonly plain: Entry;
  /** Registered after an outage and a time of pending. */
  readonly winding: Entry;
  readonly refused: Entry;
  /** Registered, and the last that is sealed. */
  readonly last: Entry;
  /** Being sent, not sealed. */
  readonly sending: Entry;
  /** Accepted, not sealed. */
  readonly fresh: Entry;
  readonly rows: readonly JournalRow[];
  row(entry: Entry, version: number): JournalRow;
}

const pending: Transition = { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'document-1' };

/** Fills an empty ledger: four sealed entries on different ways, and two that no seal covers yet. */
export async function fillLedger(store: LedgerStore): Promise<SampleLedger> {
  const plain = await accept(store, { uniqueKeys: ['link:one', 'link:two'] });
  const winding = await accept(store);
  await step(store, plain, registered);
  await store.seal();
  await step(store, winding, waitsAfterOutage('unknown', 0));
  const refused = await accept(store);
  await step(store, winding, { to: 'accepted', dueInMs: 0, failures: 1 });
  await store.seal();
  await step(store, winding, pending);
  await step(store, refused, rejected);
  await step(store, winding, registered);
  await store.seal();
  const last = await accept(store);
  await step(store, last, registered);
  await store.seal();
  const sending = await accept(store);
  await claim(store, sending);
  const fresh = await accept(store);

  const entries = [plain, winding, refused, last, sending, fresh];
  const journals = await Promise.all(entries.map(({ id }) => store.journal(id)));
  const rows = journals.flat().sort((one, other) => one.position - other.position);
  return {
    plain,
    winding,
    refused,
    last,
    sending,
    fresh,
    rows,
    row({ id }, version) {
      const row = rows.find((each) => each.entryId === id && each.version === version);
      if (!row) throw new Error(`the sample has no row ${version} of that entry`);
      return row;
    },
  };
}

async function accept(store: LedgerStore, given: Partial<NewEntry> = {}): Promise<Entry> {
  // A provider of its own for each entry, so that a claim takes just the one that is meant.
  const entry = newEntry(given);
  return (await store.accept({ ...entry, provider: entry.id })).entry;
}

async function claim(store: LedgerStore, { id }: Entry) {
  const [claimed] = await claimDue(store, { provider: id, limit: 1, leaseMs: 60_000, worker: 'auditor' });
  if (!claimed) throw new Error('the entry is not due');
  return claimed;
}

async function step(store: LedgerStore, entry: Entry, transition: Transition): Promise<void> {
  const { fence } = await claim(store, entry);
  await store.settle({ id: entry.id, fence, transition });
}
