import type { Fault } from '../errors/fault.js';
import { faultOf } from '../rules/rules.js';
import { isAbsent, type PositionRule } from './receipt-rule.js';

/**
 * Requires a mark code of marked goods, and of them only; each code stands for one piece, or for an amount
 * measured out of it.
 */
export const markingRule: PositionRule = (place, context) => {
  const { payment_object, mark_code_type, mark_quantity } = place.position;
  const isMarked = payment_object === 'marked' || payment_object === 'marked_excise';
  if (!isMarked && mark_code_type === undefined && mark_quantity === undefined) return noFaults;
  return [
    ...markCodeFaults(place, context),
    ...markedQuantityFaults(place, context),
    ...markQuantityFaults(place, context),
  ];
};

const noFaults: readonly Fault[] = [];

const markCodeFaults: PositionRule = ({ position, path }, context) => {
  const { payment_object, mark_code_type: code } = position;
  const needsCode = payment_object === 'marked' || payment_object === 'marked_excise';
  if (needsCode && isAbsent(code, `${path}.mark_code_type`, context)) {
    return [faultOf('receipt.position.mark.missing', `${path}.mark_code_type`)];
  }
  if (code && payment_object !== undefined && !needsCode) {
    return [faultOf('receipt.position.mark.object', `${path}.payment_object`, payment_object)];
  }
  return noFaults;
};

/** Requires one piece a code, whole or in part; by weight or volume any quantity may be taken of it. */
const markedQuantityFaults: PositionRule = ({ position, path }, context) => {
  const { quantity, measure, mark_code_type, mark_quantity } = position;
  if (measure !== 'piece' || quantity === undefined || quantity === 1) return noFaults;
  if (mark_code_type === undefined) return noFaults;
  if (mark_quantity) return [faultOf('receipt.position.mark-quantity.quantity', `${path}.quantity`)];
  const isWhole = isAbsent(mark_quantity, `${path}.mark_quantity`, context);
  return isWhole ? [faultOf('receipt.position.mark.quantity', `${path}.quantity`)] : noFaults;
};

const markQuantityFaults: PositionRule = ({ position, path }, context) => {
  const { mark_quantity, mark_code_type, measure } = position;
  if (mark_quantity === undefined) return noFaults;
  const faults: Fault[] = [];
  if (measure !== undefined && measure !== 'piece') {
    faults.push(faultOf('receipt.position.mark-quantity.measure', `${path}.measure`, measure));
  }
  if (isAbsent(mark_code_type, `${path}.mark_code_type`, context)) {
    faults.push(faultOf('receipt.position.mark-quantity.code', `${path}.mark_quantity`));
  }
  return faults;
};
