import type { Registration } from '@fiscalkit/client';
import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import { leaseLostReason } from '../entry/doubt.js';
import type { NewEntry } from '../entry/entry.js';
import type { InterventionKind, OperatorAction } from '../entry/operator-action.js';
import type { Transition } from '../entry/transition.js';
import { jsonDigest, parsedJsonDigest, sha256Hex } from './digest.js';

/** Returns the details of acceptance: digests of all that must never change afterwards. */
export function acceptanceDetails(entry: NewEntry): string {
  return canonicalJson(acceptanceFacts(entry, jsonDigest(entry.document)));
}

/** Returns the same for an entry whose document has been through storage. */
export function acceptanceDetailsOfStored(entry: NewEntry): string {
  return canonicalJson(acceptanceFacts(entry, parsedJsonDigest(entry.document)));
}

/** Returns the content of the details of acceptance. */
export function acceptanceFacts(entry: NewEntry, documentDigest: string) {
  return {
    merchant: entry.merchant,
    provider: entry.provider,
    operation: entry.operation,
    reference: entry.request.reference,
    request_digest: sha256Hex(entry.request.body),
    document_digest: documentDigest,
    content_digest: entry.contentDigest,
    identity_digest: parsedJsonDigest(identityOf(entry)),
  };
}

/** Returns what an entry is identified, ordered and found by. The key `claims` is part of the hash. */
function identityOf({ idempotencyKey, uniqueKeys, orderingKey, facets, request }: NewEntry): object {
  const businessTime = request.businessTime.toISOString();
  return { idempotencyKey, claims: uniqueKeys, orderingKey, facets, businessTime };
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

/** Returns the details of an entry that is kept from delivery because of its account. */
export function heldDetails(reasonCode: string): string {
  return canonicalJson({ reason: reasonCode });
}

/** Returns the details of a lease that ended without a result. */
export function leaseLostDetails(fence: number, worker: string | null): string {
  return canonicalJson({ fence, worker, reason: leaseLostReason.code });
}

/** Returns the details of a result; without a worker, for a store that adds it where it has the row. */
export function settlementDetails(transition: Transition, fence: number, worker?: string): string {
  const { reason, registration } = transition;
  const providerDocument = registration?.providerDocumentId ?? transition.providerDocumentId;
  return canonicalJson({
    fence,
    worker,
    ...(reason && { reason: reason.code }),
    ...(reason?.httpStatus !== undefined && { http_status: reason.httpStatus }),
    ...(reason?.providerCode !== undefined && { provider_code: reason.providerCode }),
    ...(providerDocument != null && { provider_document: providerDocument }),
    ...(registration && { registration_digest: jsonDigest(registration) }),
  });
}

/** An intervention, for the journal. */
export interface InterventionNote {
  readonly given: OperatorAction;
  readonly action: InterventionKind;
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
  account,
  registration,
  successor,
}: InterventionNote): string {
  const providerDocument = registration?.providerDocumentId;
  return canonicalJson({
    action,
    ...(account !== undefined && { account }),
    by: given.by,
    reason: given.reason,
    ...(providerDocument != null && { provider_document: providerDocument }),
    ...(registration && { registration_digest: jsonDigest(registration) }),
    ...(successor !== undefined && { successor }),
  });
}
