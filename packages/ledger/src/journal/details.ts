import type { Registration } from '@fiscalkit/client';
import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import { leaseLostReason } from '../entry/doubt.js';
import type { Reissue } from '../entry/entry.js';
import type { InterventionKind, OperatorAction } from '../entry/operator-action.js';
import type { Transition } from '../entry/transition.js';
import { sha256Hex } from './digest.js';

/** The columns of an entry that never change once it is accepted. */
export interface FrozenColumns {
  readonly merchant: string;
  readonly provider: string;
  readonly operation: string;
  readonly reference: string;
  readonly idempotency_key: string;
  readonly content_digest: string;
  readonly claims: string;
  readonly ordering_key: string;
  readonly payment_id: string;
  readonly operation_type: string | null;
  readonly total_minor: number | null;
  readonly business_time: number;
  /** The operation type of which a receipt of the payment must be registered first: see `saleDependency`. */
  readonly depends_on: string | null;
  readonly document: string;
  readonly body: Uint8Array;
}

/** Returns the details of acceptance: digests of all that must never change afterwards. */
export function acceptanceDetails(columns: FrozenColumns): string {
  return JSON.stringify(acceptanceFacts(columns));
}

/**
 * Returns the content of the details of acceptance: SHA-256, in hex, of the document's text and of the body's
 * bytes as they are stored, and of the JSON of all other columns. Throws where the claims are no JSON.
 */
export function acceptanceFacts(columns: FrozenColumns) {
  return {
    document_digest: sha256Hex(columns.document),
    identity_digest: sha256Hex(identityOf(columns)),
    request_digest: sha256Hex(columns.body),
  };
}

/** Returns what an entry is identified, ordered and found by, as it is hashed. */
function identityOf(columns: FrozenColumns): string {
  return JSON.stringify([
    columns.merchant,
    columns.provider,
    columns.operation,
    columns.reference,
    columns.idempotency_key,
    columns.content_digest,
    JSON.parse(columns.claims),
    columns.ordering_key,
    columns.payment_id,
    columns.operation_type,
    columns.total_minor,
    columns.business_time,
    columns.depends_on,
  ]);
}

/**
 * Returns the details of a claim that is about to send: its worker, its fence, and the number of the attempt.
 */
export function sendingDetails(fence: number, worker: string, attempt: number): string {
  return canonicalJson({ fence, worker, attempt });
}

/**
 * Returns the details of an entry that goes to another account than it was accepted for, and was never sent.
 */
export function movedDetails(account: string): string {
  return canonicalJson({ account });
}

/** Returns the details of an entry whose document a signed callback of the provider has named. */
export function hintedDetails(providerDocumentId: string, reasonCode?: string): string {
  return canonicalJson({
    provider_document: providerDocumentId,
    ...(reasonCode !== undefined && { reason: reasonCode }),
    source: 'callback',
  });
}

/** Returns the details of an entry that is kept from delivery, because of its account or its sale. */
export function heldDetails(reasonCode: string): string {
  return canonicalJson({ reason: reasonCode });
}

/** Details of an entry that goes on because its sale can be registered after all. */
export const releasedDetails = canonicalJson({});

/** Returns the details of a lease that ended without a result. */
export function leaseLostDetails(fence: number, worker: string | null): string {
  return canonicalJson({ fence, worker, reason: leaseLostReason.code });
}

/** Returns the details of a result; without a worker, for a store that adds it where it has the row. */
export function settlementDetails(transition: Transition, fence: number, worker?: string): string {
  const { reason, registration, reissue } = transition;
  const providerDocument = registration?.providerDocumentId ?? transition.providerDocumentId;
  return canonicalJson({
    fence,
    worker,
    ...(reason && { reason: reason.code }),
    ...(reason?.httpStatus !== undefined && { http_status: reason.httpStatus }),
    ...(reason?.providerCode !== undefined && { provider_code: reason.providerCode }),
    ...(providerDocument != null && { provider_document: providerDocument }),
    ...(registration && { registration_digest: registrationDigest(registration) }),
    ...(reissue && { reissue: reissue.number, reissue_digest: sha256Hex(reissueText(reissue)) }),
  });
}

/** Returns a reissue as it is stored and hashed. */
export function reissueText({ number, reference, body }: Reissue): string {
  return JSON.stringify({ number, reference, body: Buffer.from(body).toString('base64') });
}

/** SHA-256, in hex, of the registration's JSON as it is stored. */
function registrationDigest(registration: Registration): string {
  return sha256Hex(JSON.stringify(registration));
}

/** An intervention, for the journal. */
export interface InterventionNote {
  readonly given: OperatorAction;
  readonly action: InterventionKind;
  /** Id of the batch that it is part of. */
  readonly batch?: string;
  /** New account of the entry. */
  readonly account?: string;
  /** What the operator found out. */
  readonly registration?: Registration | null;
  /** Id of the entry that this one was resubmitted as. */
  readonly successor?: string;
}

/**
 * Returns the details of an intervention; a registration shows in them as it does in the details of a result.
 */
export function interventionDetails({
  given,
  action,
  batch,
  account,
  registration,
  successor,
}: InterventionNote): string {
  const providerDocument = registration?.providerDocumentId;
  return canonicalJson({
    action,
    ...(batch !== undefined && { batch }),
    ...(account !== undefined && { account }),
    by: given.by,
    reason: given.reason,
    ...(providerDocument != null && { provider_document: providerDocument }),
    ...(registration && { registration_digest: registrationDigest(registration) }),
    ...(successor !== undefined && { successor }),
  });
}
