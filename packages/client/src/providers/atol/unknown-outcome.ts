import { type ProviderCapabilities, unknownPlan } from '../../contract/capabilities.js';
import type { UnknownOutcome } from '../../contract/provider.js';

const dayMs = 86_400_000;

/** Returns the guarantees if ATOL does not answer: it compares an id of ours, and has no search. */
export function atolUnknownOutcome(capabilities: ProviderCapabilities): UnknownOutcome {
  const { deduplicationWindowMs: windowMs = 0 } = capabilities;
  const isOfDays = windowMs >= dayMs;
  const memory = isOfDays ? `${Math.floor(windowMs / dayMs)} days` : `${windowMs / 1_000} seconds`;
  return {
    plan: unknownPlan(capabilities),
    foundOutBy:
      'The same bytes are sent again under the same external id. ATOL takes them if it had not, and otherwise answers code 33 with ' +
      `the uuid of the first document, which is asked for from then on. ${memory} after the first attempt, less ` +
      `${isOfDays ? 'an hour' : 'a tenth'}, nothing is sent any more: the entry waits for a person.`,
    guarantee:
      `One receipt for an external id, if ATOL remembers ids as long as reports: ${memory}. A document whose uuid is known is ` +
      'never sent again.',
    remainingWindow:
      'ATOL does not say how long it remembers an id: should it forget one sooner, a document that is sent again later than that can ' +
      'be doubled. A register that loses its connection while it closes a receipt reports a failure although the receipt may exist; ' +
      'such a document is doubtful, and waits for a person.',
    personChecks:
      "The receipt in the cabinet of ATOL or of the operator of fiscal data, by the shop's register, the time and the total. If it " +
      'is there, resolve as registered; if it is not, resolve as rejected and resubmit, which gives it a new external id.',
  };
}
