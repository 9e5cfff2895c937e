import { type Entry, isFinal } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import type { FinalOutcome } from '../clients/read-answer.js';
import { merchantOf } from '../generator/merchants.js';
import type { ReportedDocument } from '../history/history.js';
import { plannedConfirmationKey, storedConfirmationKey } from './identity.js';
import type { Observations, Violation } from './observations.js';
import { handedCodes } from './recognition.js';

/** Checks every stored entry: reported, final, its journal whole, and in agreement with the provider. */
export function checkStored({ reported, superseded, stored, provider }: Observations): Violation[] {
  const reportedIds = new Set([...superseded.keys(), ...reported.flatMap(({ ids }) => [...ids])]);
  const reportedConfirmations = new Set(reported.map(({ document }) => plannedConfirmationKey(document)));
  const documents = new Map(provider.receipts.map((receipt) => [receipt.receipt_id, receipt]));
  const bound = new Map<string, Entry>();
  return stored.flatMap(({ entry, brokenChain, afterOutcome }) => {
    const named = `${entry.id} (payment ${entry.facets.paymentId})`;
    const violations: Violation[] = [];
    const isReceipt = entry.operation === 'receipt' || entry.operation === 'correction';
    const wasReported = isReceipt
      ? reportedIds.has(entry.id)
      : reportedConfirmations.has(storedConfirmationKey(entry));
    if (!wasReported) violations.push({ kind: 'stored-not-told', what: named });
    if (brokenChain !== null) violations.push({ kind: 'broken-chain', what: `${named}: ${brokenChain}` });
    for (const version of afterOutcome) {
      violations.push({ kind: 'outcome-changed', what: `${named}: row ${version}` });
    }
    if (!isFinal(entry.state)) {
      // Left to the operator; that the provider has it once at most is checked with the documents.
      if (handedCodes.has(entry.reason?.code ?? '')) return violations;
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
  // Only the operator can know that a document was never registered.
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

/** Compares what was reported to clients with what is stored. */
export function checkReported({ planned, reported, stored }: Observations): Violation[] {
  const entries = stored.map(({ entry }) => entry);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const confirmations = new Map(entries.map((entry) => [storedConfirmationKey(entry), entry]));
  const byName = new Map(reported.map((report) => [report.document.name, report]));
  return planned.flatMap((document) => {
    const report = byName.get(document.name);
    if (!report)
      return [{ kind: 'unfinished', what: `${document.name}: no client was told anything definite` }];
    const key = plannedConfirmationKey(document);
    const found = key === null ? [...report.ids].map((id) => byId.get(id)) : [confirmations.get(key)];
    return [
      ...checkIdentity(report, found),
      ...found.flatMap((entry) => (entry ? checkFinals(report, entry) : [])),
    ];
  });
}

function checkIdentity(
  { document, ids }: ReportedDocument,
  found: readonly (Entry | undefined)[],
): Violation[] {
  const violations: Violation[] = [];
  const named = [document.name, ...ids].join(' ');
  if (ids.size > 1) violations.push({ kind: 'doubled', what: `${named}: one request has several receipts` });
  if (found.includes(undefined)) violations.push({ kind: 'told-not-stored', what: named });
  return violations;
}

function checkFinals({ document, finals }: ReportedDocument, entry: Entry): Violation[] {
  if (finals.size === 0 && handedCodes.has(entry.reason?.code ?? '')) return [];
  const named = `${document.name} ${entry.id}`;
  const violations: Violation[] = [];
  for (const [text, final] of finals) {
    if (agrees(final, entry)) continue;
    violations.push({
      kind: 'told-otherwise',
      what: `${named}: told ${text}, the ledger says ${entry.state}`,
    });
  }
  if (finals.size === 0)
    violations.push({ kind: 'unfinished', what: `${named}: no client was told an outcome` });
  return violations;
}

function agrees({ status, documentNumber, link }: FinalOutcome, { state, registration }: Entry): boolean {
  if (status !== state) return false;
  // Only answers about receipts name the fiscal document.
  if (documentNumber === null) return true;
  const mark = registration?.mark;
  return (
    mark?.country === 'ru' && mark.fiscal_document_number === documentNumber && registration?.link === link
  );
}
