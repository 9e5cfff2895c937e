import type { Fault } from '../../rules/fault.js';
import { faultOf } from '../../rules/fault-of.js';
import type { PositionRule } from './receipt-rule.js';
import { isAbsent } from './validation-context.js';

const objectsWithCode: readonly (string | undefined)[] = ['marked', 'excise_marked'];

/** Marked goods have a code, and only they; each code stands for one item. */
export const markingRule: PositionRule = (place, context) => [
  ...markCodeFaults(place, context),
  ...markQuantityFaults(place, context),
];

const markCodeFaults: PositionRule = ({ position, path }, context) => {
  const { payment_object, quantity, mark_code_type: code, mark_quantity } = position;
  const needsCode = objectsWithCode.includes(payment_object);
  const faults: Fault[] = [];
  if (needsCode && isAbsent(code, `${path}.mark_code_type`, context)) {
    faults.push(faultOf('receipt.position.mark.missing', `${path}.mark_code_type`));
  }
  if (code && payment_object !== undefined && !needsCode) {
    faults.push(faultOf('receipt.position.mark.object', `${path}.payment_object`, payment_object));
  }
  const isCounted = quantity !== undefined && quantity !== 1;
  if (code && isCounted && isAbsent(mark_quantity, `${path}.mark_quantity`, context)) {
    faults.push(faultOf('receipt.position.mark.quantity', `${path}.quantity`));
  }
  return faults;
};

const markQuantityFaults: PositionRule = ({ position, path }, context) => {
  const { mark_quantity, mark_code_type, measure } = position;
  if (mark_quantity === undefined) return [];
  const faults: Fault[] = [];
  if (measure !== undefined && measure !== 'piece') {
    faults.push(faultOf('receipt.position.mark-quantity.measure', `${path}.measure`, measure));
  }
  if (isAbsent(mark_code_type, `${path}.mark_code_type`, context)) {
    faults.push(faultOf('receipt.position.mark-quantity.code', `${path}.mark_quantity`));
  }
  return faults;
};
