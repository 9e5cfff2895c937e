import type { PlannedDocument } from '../plan/planned-document.js';
import type { World } from '../world/world.js';
import { auditLedger } from './audit-ledger.js';
import type { Books } from './books.js';
import { readLedgerBook, type StoredDocument } from './ledger-book.js';
import { checkRecognition, countRecognition, type Recognition } from './recognition.js';
import { reconcile } from './reconcile.js';
import type { ToldBook } from './told-book.js';
import type { Violation } from './violation.js';

/** The books at the end of a run, and all that is wrong with them. */
export interface ClosedBooks {
  readonly books: Books;
  readonly recognition: Recognition;
  readonly violations: readonly Violation[];
}

/** Stops the gateways, for nobody may write while the books are read, and compares them. */
export async function closeBooks(
  world: World,
  planned: readonly PlannedDocument[],
  told: ToldBook,
): Promise<ClosedBooks> {
  await Promise.all(world.gateways.map(({ slot }) => slot.stop()));
  const books = {
    planned,
    told: told.documents,
    givenUp: told.givenUp,
    stored: await readStored(world),
    provider: await world.provider.faults.journal(),
  };
  const recognition = countRecognition(books);
  const violations = [
    ...reconcile(books),
    ...checkRecognition(recognition),
    ...(await auditLedger(await world.ledger.openAudit())),
    ...told.complaints.map((what): Violation => ({ kind: 'wrong-answer', what })),
    ...fallen(world),
  ];
  return { books, recognition, violations };
}

async function readStored({ ledger }: World): Promise<StoredDocument[]> {
  const store = await ledger.openStore();
  try {
    return await readLedgerBook(store);
  } finally {
    await store.close();
  }
}

function fallen({ gateways }: World): Violation[] {
  return gateways
    .filter(({ slot }) => slot.falls > 0)
    .map(({ name, slot }) => ({ kind: 'fallen', what: `${name}: ${slot.falls} times` }));
}
