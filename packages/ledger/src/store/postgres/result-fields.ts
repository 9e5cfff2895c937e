import type { Transition } from '../ledger-store.js';

/** A transition as the SQL functions `settle` and `intervene` take it. */
export function resultFields(transition: Transition): Readonly<Record<string, unknown>> {
  const { to, dueInMs, failures, providerDocumentId, registration, reason, released } = transition;
  return {
    to_state: to,
    due_in_ms: dueInMs,
    failures,
    provider_document_id: registration?.providerDocumentId ?? providerDocumentId,
    registration: registration && JSON.stringify(registration),
    reason: reason && JSON.stringify(reason),
    reason_code: reason?.code,
    outage: reason?.outage ?? false,
    released: released ?? false,
  };
}
