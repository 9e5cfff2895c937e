import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** The receipt as a whole: counts, totals, merchant. */
export const receiptRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.atol, since: '0.1.0' },
    {
      'receipt.positions.count': ['$.positions', 'A receipt has 1 to 100 positions'],
      'receipt.settlements.count': ['$.settlements', 'A receipt has 1 to 10 settlements'],
      'receipt.total.mismatch': ['$.total', 'The total is not the sum of the positions'],
      'receipt.settlements.mismatch': ['$.settlements', 'The settlements do not add up to the total'],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.fiscalkit, since: '0.1.0' },
    {
      'receipt.total.zero': ['$.total', 'The total of a receipt is above zero'],
      'receipt.merchant.mismatch': [
        '$.merchant_id',
        'The receipt names another merchant than the one that sends it',
      ],
    },
  ),
] as const;
