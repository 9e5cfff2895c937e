import { currencyUnits, maximumAmountMinor } from '../../enumerations/countries.js';
import { writeDecimal } from '../../money/decimal.js';
import { ruleSet } from './rule.js';
import { sources } from './sources.js';

const limits = {
  ru: `${writeDecimal(maximumAmountMinor.ru, 2)} ${currencyUnits.ru}`,
  uz: `${writeDecimal(maximumAmountMinor.uz, 2)} ${currencyUnits.uz}`,
};

/** Members that are amounts. */
const amounts = "$..['price','sum','total','turnover','vat']";

/** Amounts and quantities: exact decimals, never rounded on the way in. */
export const numberRules = ruleSet(
  { severity: 'fault', source: sources.atol, since: '0.1.0' },
  {
    'amount.format': [amounts, 'An amount is a JSON number or a plain decimal such as "200.00"'],
    'amount.precision': [amounts, 'An amount has at most 2 decimals'],
    'amount.negative': [amounts, 'An amount is 0 or more'],
    'amount.range': [
      amounts,
      `An amount is at most ${limits.ru} in Russia, ${limits.uz} in Uzbekistan: a limit of providers, not of the receipt format`,
    ],
    'quantity.format': [
      '$.positions[*].quantity',
      'A quantity is a JSON number or a plain decimal such as "1.500"',
    ],
    'quantity.precision': ['$.positions[*].quantity', 'A quantity has at most 3 decimals'],
    'quantity.range': ['$.positions[*].quantity', 'A quantity lies between 0.001 and 99999.999'],
  },
);
