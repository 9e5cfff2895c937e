import { z } from 'zod';
import { type Country, currencyUnits } from '../enumerations/countries.js';
import { settlementTypes } from '../enumerations/receipts.js';
import { choiceField } from '../fields/choice-field.js';
import { amountField } from '../fields/decimal-fields.js';
import { coded, structural } from '../schema/issue-codes.js';

const count = coded('receipt.settlements.count');

/** Builds the schema of the settlements, 1 to 10 that add up to the total. */
export function settlementsSchema(country: Country) {
  return listOf(settlementSchema(country, currencyUnits[country])).min(1, count);
}

/** Settlements of a receipt that is derived from another, in the currency of that one; at most 10. */
export const derivedSettlementsSchema = listOf(settlementSchema('uz', 'the currency of the receipt'));

function settlementSchema(country: Country, unit: string) {
  return z.strictObject(
    {
      type: choiceField(settlementTypes).describe('Kind of settlement; see enumerations'),
      sum: amountField[country].describe(
        `Amount in ${unit}, FFD tag of its type (1031, 1081, 1215, 1216, 1217); at most two decimals`,
      ),
    },
    structural,
  );
}

function listOf<Settlement extends z.ZodType>(settlement: Settlement) {
  return z.array(settlement, structural).max(10, count);
}
