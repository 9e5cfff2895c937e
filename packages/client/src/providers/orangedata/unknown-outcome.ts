import { type ProviderCapabilities, unknownPlan } from '../../contract/capabilities.js';
import type { UnknownOutcome } from '../../contract/provider.js';

const dayMs = 86_400_000;

/** Returns the guarantees if OrangeData does not answer: it compares an id of ours, and shows what is under it. */
export function orangedataUnknownOutcome(capabilities: ProviderCapabilities): UnknownOutcome {
  const { deduplicationWindowMs: windowMs = 0 } = capabilities;
  const isOfDays = windowMs >= dayMs;
  const memory = isOfDays ? `${Math.floor(windowMs / dayMs)} days` : `${windowMs / 1_000} seconds`;
  return {
    plan: unknownPlan(capabilities),
    foundOutBy:
      'The same bytes are sent again under the same id. OrangeData takes them if it had not, and otherwise answers 409; then the document ' +
      `under this id is asked for, and its content compared. ${memory} after the first attempt, less ` +
      `${isOfDays ? 'an hour' : 'a tenth'}, it is only asked for: an id that is unknown by then makes the entry doubtful.`,
    guarantee:
      `One receipt for an id, if OrangeData remembers ids as long as results: ${memory}. A document that expired in the queue ` +
      '(status 524) has no receipt, and is sent under a new id by itself.',
    remainingWindow:
      'OrangeData does not say how long it remembers an id: should it forget one sooner, a document that is sent again later than that ' +
      'can be doubled. What it moves to its archive is no longer shown, and waits for a person.',
    personChecks:
      "The document in OrangeData's cabinet by its id, else the receipt by the shop's register, the time and the total. If it is " +
      'there, resolve as registered; if it is not, resolve as rejected and resubmit, which gives it a new id.',
  };
}
