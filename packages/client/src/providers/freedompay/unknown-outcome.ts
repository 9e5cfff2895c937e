import { type ProviderCapabilities, unknownPlan } from '../../contract/capabilities.js';
import type { UnknownOutcome } from '../../contract/provider.js';

/**
 * Returns the guarantees if FreedomPay does not answer. Its page documents neither idempotency nor a
 * reference of the caller's, so everything rests on a search by content and on the time within which a
 * request is processed.
 */
export function freedompayUnknownOutcome(
  capabilities: ProviderCapabilities,
  clockToleranceMs: number,
): UnknownOutcome {
  const settled = `${capabilities.settlesWithinMs / 1000} seconds`;
  const tolerance = `${clockToleranceMs / 1000} seconds`;
  return {
    plan: unknownPlan(capabilities),
    foundOutBy:
      'A receipt whose id FreedomPay has told is asked for by that id, and never sent again. Else the receipts of the payment are ' +
      'listed and compared in all that is shown; spelling is folded (names as registers write them, words, ids, order), and those ' +
      `that belong to other entries are left out. Only when a search ${settled} or more after the last attempt began shows none ` +
      'that could be it is the receipt sent again. One that could be and is not certainly it makes the entry doubtful: it waits ' +
      'for a person.',
    guarantee:
      `One receipt, if FreedomPay registers a request within ${settled} after the attempt began or never, lists what it has ` +
      'registered, and prints its creation times in the zone that is asked for.',
    remainingWindow:
      `A request that FreedomPay registers, or lists, later than ${settled} after the attempt began can be doubled. So can one that ` +
      'it lists under another payment id or operation, or with other amounts, rates or kinds of payment and a creation time more ' +
      `than ${tolerance} before our first attempt. An equal receipt that another system made for the same payment, from the day ` +
      'before our first attempt on, is taken for ours.',
    personChecks:
      "The payment's receipts in FreedomPay's cabinet, from the day of the first attempt on, first those that a doubtful entry " +
      'names. If one is this receipt and belongs to no other entry, resolve as registered with its id. If there is none, retry; ' +
      'should it stay unknown, resolve as rejected and resubmit.',
  };
}
