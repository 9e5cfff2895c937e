import { faultOf } from '../../rules/rules.js';
import type { ReceiptRule } from './receipt-rule.js';

/** A merchant sends its own receipts only. */
export const merchantRule: ReceiptRule = ({ merchant_id }, { merchantId }) => {
  const isOwn = merchant_id === undefined || merchantId === undefined || merchant_id === merchantId;
  return isOwn ? [] : [faultOf('receipt.merchant.mismatch', '$.merchant_id')];
};
