import { countryOf } from '../../enumerations/countries.js';
import { faultOf } from '../../rules/rules.js';
import type { ReceiptRule } from './receipt-rule.js';
import { isAbsent } from './validation-context.js';

/** The buyer of a Russian receipt can be reached. */
export const contactRule: ReceiptRule = ({ receipt_format, customer }, context) => {
  if (countryOf(receipt_format) !== 'ru') return [];
  const isMissing = customer
    ? isAbsent(customer.email, '$.customer.email', context) &&
      isAbsent(customer.phone, '$.customer.phone', context)
    : isAbsent(customer, '$.customer', context);
  return isMissing ? [faultOf('receipt.customer.contact', '$.customer')] : [];
};
