import { faultOf } from '../rules/rules.js';
import { checkedExample } from './checked-example.js';
import { documentedRequest } from './printed-request.js';

const { receipt, warnings } = checkedExample(documentedRequest);

/** What the check of a sound receipt came to. */
export const soundReceipt = { ok: true, receipt, faults: [], warnings };

/** What the check of a receipt with a wrong total came to. */
export const refusedReceipt = {
  ok: false,
  faults: [faultOf('receipt.total.mismatch', '$.total', 'the positions add up to 200.00')],
  warnings: [],
};
