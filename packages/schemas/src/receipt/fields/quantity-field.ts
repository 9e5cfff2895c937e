import { maximumThousandths, quantityToNumber, readQuantity } from '../../money/quantity.js';
import { decimalField } from './decimal-field.js';

/** A quantity from 0.001 to 99999.999: a number or decimal text of at most three decimals. */
export const quantityField = decimalField({
  read: readQuantity,
  toNumber: quantityToNumber,
  codeOf: (problem) => `quantity.${problem}`,
  minimum: quantityToNumber(1),
  maximum: quantityToNumber(maximumThousandths),
  places: 3,
});
