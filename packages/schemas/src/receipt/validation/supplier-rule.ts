import { faultOf } from '../../rules/fault-of.js';
import type { PositionRule } from './receipt-rule.js';
import { isAbsent } from './validation-context.js';

const paymentAgents: readonly string[] = [
  'banking_payment_agent',
  'banking_payment_subagent',
  'payment_agent',
  'payment_subagent',
];

/** Who sells for another says for whom. */
export const supplierRule: PositionRule = ({ position: { agent_type, supplier }, path }, context) => {
  if (agent_type === undefined) return [];
  const place = `${path}.supplier`;
  if (isAbsent(supplier, place, context)) return [faultOf('receipt.position.supplier.missing', place)];
  if (supplier === undefined || !paymentAgents.includes(agent_type)) return [];
  const isIncomplete =
    isAbsent(supplier.name, `${place}.name`, context) || isAbsent(supplier.phone, `${place}.phone`, context);
  return isIncomplete ? [faultOf('receipt.position.supplier.contact', place)] : [];
};
