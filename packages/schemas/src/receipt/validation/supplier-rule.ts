import type { Fault } from '../../errors/fault.js';
import { faultOf } from '../../rules/rules.js';
import type { PositionDraft } from '../receipt-draft.js';
import type { PositionRule } from './receipt-rule.js';
import { isAbsent } from './validation-context.js';

const paymentAgents: readonly string[] = [
  'banking_payment_agent',
  'banking_payment_subagent',
  'payment_agent',
  'payment_subagent',
];

const noFaults: readonly Fault[] = [];

/** Who sells for another says for whom and as what kind of agent. */
export const supplierRule: PositionRule = ({ position: { agent_type, supplier }, path }, context) => {
  if (agent_type === undefined && supplier === undefined) return noFaults;
  const place = `${path}.supplier`;
  if (agent_type === undefined) {
    const isOwn = !saysSomething(supplier) || !isAbsent(agent_type, `${path}.agent_type`, context);
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

/** A supplier of whom nothing is said is none. */
function saysSomething(supplier: PositionDraft['supplier']): boolean {
  return supplier !== undefined && Object.values(supplier).some((member) => member !== undefined);
}
