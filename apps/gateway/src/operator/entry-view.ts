import type { Candidate } from '@fiscalkit/client';
import {
  type Entry,
  type EntryAction,
  isAccountReason,
  type JournalRow,
  type OfferedAction,
  originOf,
} from '@fiscalkit/ledger';
import { amountToNumber } from '@fiscalkit/schemas';
import type { AdministratorAccess } from '../auth/roles.js';

function time(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

function candidateView({ providerDocumentId, differs }: Candidate) {
  return { provider_document_id: providerDocumentId, differs };
}

/** Returns an act, and why it is not possible, if it is not. */
function actionView(
  action: EntryAction,
  refusal: { readonly code: string; readonly message: string } | null,
) {
  if (refusal === null) return { act: action, possible: true };
  return { act: action, possible: false, reason: { code: refusal.code, message: refusal.message } };
}

/** What is left out of entries for the role `read`: a provider may quote a buyer in words that no mask finds. */
const leftOutOfReads = 'reason.provider_message';

/** Returns an entry as administrators see it, without document and bytes, which hold the buyer's data. */
export function entryView(entry: Entry, access: AdministratorAccess, offered: readonly OfferedAction[]) {
  const { facets, reason } = entry;
  const hasWords = reason?.providerMessage !== undefined;
  const seesWords = access.has('operate');
  const origin = originOf(entry);
  const isCorrection = entry.operation === 'correction';
  return {
    id: entry.id,
    merchant: entry.merchant,
    provider: entry.provider,
    // Settling the account takes its name.
    ...(reason && isAccountReason(reason.code) && { account: entry.account }),
    operation: entry.operation,
    // Readers of before know the operations of receipts alone.
    operation_type: isCorrection ? null : facets.operationType,
    ...(isCorrection && { correction_operation_type: facets.operationType }),
    payment_id: facets.paymentId,
    ...(origin && { origin: { receipt_id: origin.receipt_id, relation: origin.relation } }),
    total: facets.totalMinor === null ? null : amountToNumber(facets.totalMinor),
    state: entry.state,
    accepted_at: time(entry.acceptedAt),
    changed_at: time(entry.changedAt),
    due_at: time(entry.dueAt),
    attempts: entry.attempts,
    first_attempt_at: time(entry.firstAttemptAt),
    last_attempt_at: time(entry.lastAttemptAt),
    reference: entry.request.reference,
    provider_document_id: entry.providerDocumentId,
    reason: reason && {
      code: reason.code,
      message: reason.message,
      http_status: reason.httpStatus ?? null,
      provider_code: reason.providerCode ?? null,
      ...(hasWords && seesWords && { provider_message: reason.providerMessage }),
      ...(reason.candidates && { candidates: reason.candidates.map(candidateView) }),
    },
    acts: offered.map(({ action, refusal }) => actionView(action, access.refusalOf('operate') ?? refusal)),
    ...(hasWords && !seesWords && { left_out: [leftOutOfReads] }),
  };
}

/** Returns a row of the journal with its details. */
export function journalView({ position, version, at, from, to, details, hash }: JournalRow) {
  return { version, position, at: at.toISOString(), from, to, details: JSON.parse(details), hash };
}
