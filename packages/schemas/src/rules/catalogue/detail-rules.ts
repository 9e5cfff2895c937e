import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Industry and operating details, tags 1260, 1261 and 1270. */
export const detailRules = ruleSet(
  { severity: 'fault', source: sources.atol, since: '0.1.0' },
  {
    'receipt.industry.federal-id': ['$..federal_id', 'The id of the federal body lies between 001 and 073'],
    'receipt.operating.operation-id': [
      '$.receipt_operating_details.operation_id',
      'The operation id is a whole number between 0 and 255',
    ],
  },
);
