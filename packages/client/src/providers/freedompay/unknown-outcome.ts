import type { ProviderCapabilities } from '../../contract/provider.js';
import { type UnknownOutcome, unknownPlan } from '../../contract/unknown-outcome.js';

/**
 * What can be promised when FreedomPay did not answer. Its page documents neither idempotency nor a reference of the caller's,
 * so everything rests on a search by content and on the time within which a request is processed.
 */
export function freedompayUnknownOutcome(capabilities: ProviderCapabilities): UnknownOutcome {
  const settled = `${capabilities.settlesWithinMs / 1000} seconds`;
  return {
    plan: unknownPlan(capabilities),
    foundOutBy:
      'The receipts of the payment are listed and compared by operation, total and positions; those that belong to other ' +
      `entries are left out. Only when a search finds none ${settled} or more after the last attempt began is the receipt ` +
      'sent again.',
    guarantee:
      `One receipt, if FreedomPay registers a request within ${settled} after the attempt began or never, and lists the ` +
      'receipt as it was sent.',
    remainingWindow:
      `A request that FreedomPay registers, or lists, later than ${settled} after the attempt began can be doubled. So can one ` +
      'that it lists with other names, prices or quantities. An equal receipt that another system made for the same payment, ' +
      'from the day before our first attempt on, is taken for ours.',
    personChecks:
      "The payment's receipts in FreedomPay's cabinet, from the day of the first attempt on. If one has this operation, total " +
      'and positions and belongs to no other entry, resolve as registered with its id. If there is none, retry; should it stay unknown, resolve as rejected and resubmit.',
  };
}
