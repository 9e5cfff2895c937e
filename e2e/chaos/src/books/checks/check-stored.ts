import { type Entry, isFinal } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { merchantOf } from '../../plan/merchants.js';
import type { Books } from '../books.js';
import { plannedConfirmationKey, storedConfirmationKey } from '../identity.js';
import { doubtfulCode } from '../recognition.js';
import type { Violation } from '../violation.js';

/** Looks at what the ledger says: was it told, is it finished, does it hold together, and does the provider say the same. */
export function checkStored({ told, givenUp, stored, provider }: Books): Violation[] {
  const toldIds = new Set([...givenUp.keys(), ...told.flatMap(({ ids }) => [...ids])]);
  const toldConfirmations = new Set(told.map(({ document }) => plannedConfirmationKey(document)));
  const documents = new Map(provider.receipts.map((receipt) => [receipt.receipt_id, receipt]));
  const bound = new Map<string, Entry>();
  return stored.flatMap(({ entry, brokenChain, afterOutcome }) => {
    const named = `${entry.id} (payment ${entry.facets.paymentId})`;
    const violations: Violation[] = [];
    const isReceipt = entry.operation === 'receipt';
    const wasTold = isReceipt ? toldIds.has(entry.id) : toldConfirmations.has(storedConfirmationKey(entry));
    if (!wasTold) violations.push({ kind: 'stored-not-told', what: named });
    if (brokenChain !== null) violations.push({ kind: 'broken-chain', what: `${named}: ${brokenChain}` });
    for (const version of afterOutcome) {
      violations.push({ kind: 'outcome-changed', what: `${named}: row ${version}` });
    }
    if (!isFinal(entry.state)) {
      // A person's to settle; that it is at the provider once at most is counted there.
      if (entry.reason?.code === doubtfulCode) return violations;
      violations.push({ kind: 'unfinished', what: `${named} is ${entry.state}: ${entry.reason?.code}` });
    } else if (isReceipt) {
      violations.push(...checkDocument(entry, documents, bound, named));
    }
    return violations;
  });
}

function checkDocument(
  entry: Entry,
  documents: ReadonlyMap<string, JournalledReceipt>,
  bound: Map<string, Entry>,
  named: string,
): Violation[] {
  const id = entry.providerDocumentId;
  // Nobody but a person knows, and says, that a document was never registered.
  if (id === null && entry.reason?.code === 'intervention.rejected') return [];
  const document = id === null ? undefined : documents.get(id);
  if (!document)
    return [{ kind: 'lost', what: `${named} is ${entry.state}, the provider has no document ${id}` }];
  const other = bound.get(document.receipt_id);
  if (other)
    return [{ kind: 'lost', what: `${named} and ${other.id} have one document, ${document.receipt_id}` }];
  bound.set(document.receipt_id, entry);
  if (isSame(entry, document)) return [];
  return [
    { kind: 'stored-otherwise', what: `${named} is ${entry.state}, ${id} is another or ${document.status}` },
  ];
}

function isSame({ merchant, facets, state, registration }: Entry, document: JournalledReceipt): boolean {
  return (
    document.merchant_id === merchantOf(merchant).providerId &&
    document.payment_id === facets.paymentId &&
    document.operation_type === facets.operationType &&
    Math.round(document.total * 100) === facets.totalMinor &&
    document.status === state &&
    (registration?.link ?? null) === document.link
  );
}
