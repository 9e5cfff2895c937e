import { contentKey } from '../checker/identity.js';
import type { HttpAnswer } from './gateway-caller.js';

/** Outcome of a document as a client sees it. */
export interface FinalOutcome {
  readonly status: 'registered' | 'rejected';
  /** Number and link of the fiscal document; `null` where there is none. */
  readonly documentNumber: string | null;
  readonly link: string | null;
}

/** Completion of an operation, as its answer reports it. */
export type Completion =
  /** The document is stored; `final` when there is an outcome. A confirmation has no id. */
  | { readonly kind: 'stored'; readonly id: string | null; readonly final: FinalOutcome | null }
  | { readonly kind: 'conflict' }
  /** Indefinite: the same request has to be sent again. */
  | { readonly kind: 'again' }
  /** An answer that no correct request may get. */
  | { readonly kind: 'refused'; readonly code: string };

/** A receipt as an answer shows it. */
export interface ShownReceipt {
  readonly id: string;
  readonly final: FinalOutcome | null;
  /** What tells it from others of its payment. */
  readonly content: string;
}

/** Completion of a request for receipts that are made from another. */
export type DerivedCompletion =
  | { readonly kind: 'made'; readonly receipts: readonly ShownReceipt[] }
  | Exclude<Completion, { kind: 'stored' }>;

const conflicts = new Set([
  'idempotency.conflict',
  'confirmation.payment.conflict',
  'confirmation.link.conflict',
]);

/** Reads the answer to a request about a receipt. */
export function readReceiptAnswer(answer: HttpAnswer): Completion {
  if (answer === null) return { kind: 'again' };
  const { data, error } = fieldsOf(answer.body);
  if (answer.status !== 200) return readError(fieldsOf(error));
  const { receipt_id, status, fiscal_document_number, link } = fieldsOf(data);
  if (typeof receipt_id !== 'string') return { kind: 'refused', code: 'answer.unreadable' };
  if (status !== 'registered' && status !== 'rejected')
    return { kind: 'stored', id: receipt_id, final: null };
  const final = { status, documentNumber: textOf(fiscal_document_number), link: textOf(link) } as const;
  return { kind: 'stored', id: receipt_id, final };
}

/** Reads the answer to a request for receipts that are made from another. */
export function readDerivedAnswer(answer: HttpAnswer): DerivedCompletion {
  const { data, further } = fieldsOf(answer?.body);
  const receipts: ShownReceipt[] = [];
  for (const shown of [data, ...(Array.isArray(further) ? further : [])]) {
    const completion = readReceiptAnswer(
      answer && { ...answer, body: { ...fieldsOf(answer.body), data: shown } },
    );
    if (completion.kind !== 'stored') return completion;
    // Only a receipt's own members are read, and an answer without them equals nothing that is planned.
    const content = contentKey(shown as Parameters<typeof contentKey>[0]);
    receipts.push({ id: completion.id ?? '', final: completion.final, content });
  }
  return { kind: 'made', receipts };
}

/** Reads the answer to a confirmation: HTTP 200, success or failure in the envelope. */
export function readConfirmationAnswer(answer: HttpAnswer): Completion {
  if (answer === null) return { kind: 'again' };
  const { is_success, error } = fieldsOf(answer.body);
  if (is_success === true) return storedAs('registered');
  const details = fieldsOf(fieldsOf(error).data);
  if (details.code === 'confirmation.pending') return { kind: 'stored', id: null, final: null };
  if (details.code === 'provider.rejected') return storedAs('rejected');
  return readError(details);
}

function storedAs(status: FinalOutcome['status']): Completion {
  return { kind: 'stored', id: null, final: { status, documentNumber: null, link: null } };
}

function readError({ code, retryable }: Record<string, unknown>): Completion {
  if (typeof code !== 'string') return { kind: 'refused', code: 'answer.unreadable' };
  if (conflicts.has(code)) return { kind: 'conflict' };
  return retryable === true && code !== 'gateway.internal' ? { kind: 'again' } : { kind: 'refused', code };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
