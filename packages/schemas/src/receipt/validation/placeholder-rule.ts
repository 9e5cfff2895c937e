import { faultOf } from '../../rules/rules.js';
import { isEmailPlaceholder } from '../fields/is-email-placeholder.js';
import type { ReceiptRule } from './receipt-rule.js';

/** Addresses are those of people. */
export const placeholderRule: ReceiptRule = ({ customer, company }) => [
  ...(isEmailPlaceholder(customer?.email ?? '')
    ? [faultOf('receipt.customer.email.placeholder', '$.customer.email')]
    : []),
  ...(isEmailPlaceholder(company?.email ?? '')
    ? [faultOf('receipt.company.email.placeholder', '$.company.email')]
    : []),
];
