import { z } from 'zod';
import { type Country, currencyUnits } from '../enumerations/countries.js';
import { settlementTypes } from '../enumerations/receipts.js';
import { choiceField } from '../fields/choice-field.js';
import { amountField } from '../fields/decimal-fields.js';
import { coded, structural } from '../schema/issue-codes.js';

const count = coded('receipt.settlements.count');

/** Builds the schema of the settlements, 1 to 10 that add up to the total. */
export function settlementsSchema(country: Country) {
  const settlement = z.strictObject(
    {
      type: choiceField(settlementTypes).describe('Kind of settlement; see enumerations'),
      sum: amountField[country].describe(
        `Amount in ${currencyUnits[country]}, FFD tag of its type (1031, 1081, 1215, 1216, 1217); at most two decimals`,
      ),
    },
    structural,
  );
  return z.array(settlement, structural).min(1, count).max(10, count);
}
