import type { Transition } from '../../entry/transition.js';
import { reissueText } from '../../journal/details.js';
import { sha256Hex } from '../../journal/digest.js';

/** A statement that each connection prepares once. */
export interface Statement {
  /** Differs with the text, because a given pool's connections may serve several ledgers. */
  readonly name: string;
  readonly text: string;
}

/** Names a statement by its text. */
export function statement(text: string): Statement {
  return { name: `fiscalkit-${sha256Hex(text).slice(0, 32)}`, text };
}

/** A transition as the SQL functions `settle` and `intervene` take it. */
export function resultFields(transition: Transition) {
  const { to, dueInMs, failures, providerDocumentId, registration, reason, released, unsent, reissue } =
    transition;
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
    unsent: unsent ?? false,
    reissue: reissue && reissueText(reissue),
  };
}
