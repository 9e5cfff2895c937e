import type { FiscalMark } from '@fiscalkit/schemas';
import type { StoredReceipt } from '../store/receipt-reads.js';
import type { ComparisonRules, Counted, PaymentGroup } from './comparison-rules.js';
import { adviceOn, findingOf, foundReceipt, type ReconciliationFinding } from './finding.js';
import { isOpen } from './fit-payments.js';
import type { ListedRow } from './payment-table.js';

/** Compares the documents that the provider shows for a payment with the receipts of the ledger. */
export function compareListed(
  { paymentId, receipts, listed }: PaymentGroup,
  { country, now, inTimeMs }: ComparisonRules,
  counted: Counted,
): { readonly findings: ReconciliationFinding[]; readonly others: ListedRow[] } {
  const findings: ReconciliationFinding[] = [];
  const others: ListedRow[] = [];
  const add = (kind: 'other-system' | 'mark-differs', document: ListedRow, about: ListedAbout = {}) => {
    const { receipt, differs = [] } = about;
    const inTime = now - (document.at ?? now) <= inTimeMs;
    const { provider, documentId: providerDocumentId, totalMinor, status } = document;
    findings.push(
      findingOf({
        kind,
        advice: adviceOn(kind, { country, inTime }),
        paymentId,
        operationType: document.type,
        receipts: receipt ? [foundReceipt(receipt)] : [],
        listed: { provider, providerDocumentId, totalMinor, status, differs },
      }),
    );
  };
  const isOpenFor = receipts.some(isOpen);
  for (const document of listed) {
    const receipt = receiptOfDocument(document, receipts);
    if (receipt === undefined) {
      if (document.status === 'rejected') continue;
      if (isOpenFor) {
        counted.documentsUnderWay += 1;
        continue;
      }
      others.push(document);
      add('other-system', document);
    } else if (!isOpen(receipt)) {
      const differs = differencesOf(document, receipt);
      if (differs.length > 0) add('mark-differs', document, { receipt, differs });
    }
  }
  return { findings, others };
}

interface ListedAbout {
  readonly receipt?: StoredReceipt;
  readonly differs?: readonly string[];
}

/** The receipt of the ledger that a document is of: by its id, or where the ledger has none, by its mark or content. */
function receiptOfDocument(
  document: ListedRow,
  receipts: readonly StoredReceipt[],
): StoredReceipt | undefined {
  const ofProvider = receipts.filter(({ provider }) => provider === document.provider);
  const idOf = (receipt: StoredReceipt) =>
    receipt.providerDocumentId ?? receipt.registration?.providerDocumentId;
  return (
    ofProvider.find((receipt) => idOf(receipt) === document.documentId) ??
    ofProvider.find((receipt) => {
      const mark = receipt.registration?.mark;
      if (mark && document.mark)
        return idOf(receipt) == null && markDifferences(mark, document.mark).length === 0;
      const isSame = receipt.operationType === document.type && receipt.totalMinor === document.totalMinor;
      return receipt.state === 'registered' && idOf(receipt) == null && isSame;
    })
  );
}

function differencesOf({ status, mark }: ListedRow, { state, registration }: StoredReceipt): string[] {
  if (state === 'rejected') return status === 'registered' ? ['status'] : [];
  if (status === 'rejected') return ['status'];
  return registration?.mark && mark ? markDifferences(registration.mark, mark) : [];
}

/** Names of the members in which two marks differ. */
function markDifferences(one: FiscalMark, other: FiscalMark): string[] {
  const [left, right] = [one, other].map((mark): Record<string, string> => ({ ...mark }));
  const names = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})]);
  // The time is that of the register, and some print it without seconds.
  names.delete('registered_at');
  return [...names].filter((name) => left?.[name] !== right?.[name]);
}
