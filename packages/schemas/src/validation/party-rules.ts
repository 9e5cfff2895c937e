import { countryOf } from '../enumerations/countries.js';
import type { Fault } from '../errors/fault.js';
import { isEmailPlaceholder } from '../fields/party-fields.js';
import type { PositionDraft } from '../receipt/receipt.js';
import { faultOf } from '../rules/rules.js';
import { isAbsent, type PositionRule, type ReceiptRule } from './receipt-rule.js';

/** Requires that a merchant sends only its own receipts. */
export const merchantRule: ReceiptRule = ({ merchant_id }, { merchantId }) => {
  const isOwn = merchant_id === undefined || merchantId === undefined || merchant_id === merchantId;
  return isOwn ? [] : [faultOf('receipt.merchant.mismatch', '$.merchant_id')];
};

/** Requires the e-mail or phone of the buyer of a Russian receipt. */
export const contactRule: ReceiptRule = ({ receipt_format, customer }, context) => {
  if (countryOf(receipt_format) !== 'ru') return [];
  const isMissing = customer
    ? isAbsent(customer.email, '$.customer.email', context) &&
      isAbsent(customer.phone, '$.customer.phone', context)
    : isAbsent(customer, '$.customer', context);
  return isMissing ? [faultOf('receipt.customer.contact', '$.customer')] : [];
};

/** Warns of placeholders instead of e-mail addresses. */
export const placeholderRule: ReceiptRule = ({ customer, company }) => [
  ...(isEmailPlaceholder(customer?.email ?? '')
    ? [faultOf('receipt.customer.email.placeholder', '$.customer.email')]
    : []),
  ...(isEmailPlaceholder(company?.email ?? '')
    ? [faultOf('receipt.company.email.placeholder', '$.company.email')]
    : []),
];

const paymentAgents: readonly string[] = [
  'banking_payment_agent',
  'banking_payment_subagent',
  'payment_agent',
  'payment_subagent',
];

const noFaults: readonly Fault[] = [];

/** Requires supplier and kind of agent of a position that is sold for another. */
export const supplierRule: PositionRule = ({ position: { agent_type, supplier }, path }, context) => {
  if (agent_type === undefined && supplier === undefined) return noFaults;
  const place = `${path}.supplier`;
  if (agent_type === undefined) {
    const isOwn = !hasMembers(supplier) || !isAbsent(agent_type, `${path}.agent_type`, context);
    return isOwn ? noFaults : [faultOf('receipt.position.agent.missing', `${path}.agent_type`)];
  }
  if (isAbsent(supplier, place, context)) return [faultOf('receipt.position.supplier.missing', place)];
  if (supplier === undefined) return noFaults;
  const faults: Fault[] = [];
  if (isAbsent(supplier.inn, `${place}.inn`, context)) {
    faults.push(faultOf('receipt.position.supplier.inn.missing', `${place}.inn`));
  }
  const isIncomplete =
    isAbsent(supplier.name, `${place}.name`, context) || isAbsent(supplier.phone, `${place}.phone`, context);
  if (isIncomplete && paymentAgents.includes(agent_type)) {
    faults.push(faultOf('receipt.position.supplier.contact', place));
  }
  return faults;
};

/** Checks for any member; a supplier without one counts as absent. */
function hasMembers(supplier: PositionDraft['supplier']): boolean {
  return supplier !== undefined && Object.values(supplier).some((member) => member !== undefined);
}
