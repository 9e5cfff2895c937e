import { type AuditSource, verifyLedger } from '@fiscalkit/ledger';
import type { PlannedDocument } from '../generator/planned-document.js';
import type { ToldBook } from '../history/history.js';
import type { World } from '../system/system.js';
import { checkStored, checkTold } from './check-answers.js';
import { checkConfirmations, checkReceipts, checkRefunds } from './check-documents.js';
import type { Books, Violation } from './observations.js';
import { checkRecognition, countRecognition, type Recognition } from './recognition.js';
import { readLedgerBook, type StoredDocument } from './stored-documents.js';

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

/** Compares the three books with each other and with the plan; nothing is found when nothing went wrong. */
export function reconcile(books: Books): Violation[] {
  return [
    ...checkTold(books),
    ...checkStored(books),
    ...checkReceipts(books),
    ...checkRefunds(books),
    ...checkConfirmations(books),
  ];
}

/** Verifies chains and seals over the whole ledger, and closes the source. */
async function auditLedger(source: AuditSource): Promise<Violation[]> {
  try {
    const { faults } = await verifyLedger(source);
    return faults.map(({ code, message, entryId, position }) => ({
      kind: 'broken-chain',
      what: [code, message, entryId, position].filter((part) => part !== undefined).join(' '),
    }));
  } finally {
    await source.close();
  }
}
