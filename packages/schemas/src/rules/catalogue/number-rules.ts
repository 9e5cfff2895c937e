import { ruleSet } from '../rule-set.js';
import { sources } from '../sources.js';

/** Amounts and quantities: exact decimals, never rounded on the way in. */
export const numberRules = ruleSet(
  { severity: 'fault', source: sources.atol, since: '0.1.0' },
  {
    'amount.format': [
      "$..['price','sum','total']",
      'An amount is a JSON number or a plain decimal such as "200.00"',
    ],
    'amount.precision': ["$..['price','sum','total']", 'An amount has at most two decimals'],
    'amount.negative': ["$..['price','sum','total']", 'An amount is not negative'],
    'amount.range': ["$..['price','sum','total']", 'The amount is over the limit of its receipt format'],
    'quantity.format': [
      '$.positions[*].quantity',
      'A quantity is a JSON number or a plain decimal such as "1.500"',
    ],
    'quantity.precision': ['$.positions[*].quantity', 'A quantity has at most three decimals'],
    'quantity.range': ['$.positions[*].quantity', 'A quantity lies between 0.001 and 99999.999'],
  },
);
