import { rules } from '@fiscalkit/schemas';
import { outage, type Problem, problem } from './problem.js';

/** Errors of a receipt, and of a request for one. */
export const receiptProblems = {
  invalid: {
    ...problem(422, 'receipt.invalid', 'The receipt has faults; nothing was stored.'),
    fault: {
      code: 'receipt.total.mismatch',
      path: '$.total',
      message: 'The total is not the sum of the positions: the positions add up to 200.00.',
    },
  },
  unsupported: problem(422, 'provider.unsupported', 'The provider can not register this receipt.'),
  twin: problem(409, 'receipt.twin', 'The payment has a receipt with the same content under another key.'),
  idFormat: problem(400, 'receipt.id.format', 'A receipt id is a UUID.'),
  notFound: problem(404, 'receipt.not-found', 'There is no such receipt.'),
  utc: problem(
    400,
    'query.utc',
    'utc must be a whole number of hours from -12 to 14, written as 5, -5 or %2B5: a plus sign in a query means a blank.',
  ),
} as const;

/** Errors of a correction, and of a request for one. */
export const correctionProblems = {
  invalid: {
    ...problem(422, 'correction.invalid', 'The correction has faults; nothing was stored.'),
    fault: {
      code: 'correction.base.number.missing',
      path: '$.correction_info.base_number',
      message: 'A correction by order of the tax office names the number of the order.',
    },
  },
  idFormat: problem(400, 'correction.id.format', 'The id of a correction is a UUID.'),
  notFound: problem(404, 'correction.not-found', 'There is no such correction.'),
} as const;

/** Reasons why nothing can be made of another receipt just now, or at all. */
export const originProblems = {
  rejected: problem(
    409,
    'origin.rejected',
    'This receipt was rejected, so there is nothing to refund or to close: use the corrected one.',
  ),
  unregistered: outage(
    409,
    'origin.unregistered',
    'This receipt is not registered yet; try again when it is.',
  ),
  busy: outage(
    409,
    'receipt.busy',
    'Other receipts of the payment kept coming meanwhile; nothing was stored. Try again in a moment.',
  ),
  crowded: problem(
    409,
    'payment.crowded',
    'The payment has more than 1,000 receipts, so what is left of one is not known: a payment id names one payment.',
  ),
} as const;

/** Errors of a refund that breaks one rule; several are `receipt.invalid`. */
export const refundProblems = ruleProblems('refund.', 'refund.exceeds-sale');

/** Errors of a closing receipt that breaks one rule; several are `receipt.invalid`. */
export const closingProblems = ruleProblems('closing.', 'closing.exceeds-prepaid');

/** Returns the errors of rules that a derived receipt can break. What was taken meanwhile is a conflict. */
function ruleProblems(family: string, conflict: string): Problem[] {
  return rules
    .filter(({ code, severity }) => code.startsWith(family) && severity === 'fault')
    .map(({ code, path, message }) => ({
      ...problem(code === conflict ? 409 : 422, code, `${message}.`),
      fault: { code, path: path.replace('$..*', '$.positions').replaceAll('*', '0'), message: `${message}.` },
    }));
}

/** Errors of a receipt that another system registered, and of its link. */
export const importProblems: readonly Problem[] = [
  ...rules
    .filter(({ code }) => code.startsWith('link.'))
    .map(({ code, message }) => problem(422, code, `${message}.`)),
  problem(422, 'receipt.mark-differs', 'The link is that of a receipt of another total; nothing was stored.'),
  problem(
    409,
    'receipt.mark-known',
    'The ledger has a receipt with this fiscal mark already, and it is for another payment or has other content.',
  ),
  receiptProblems.twin,
];
