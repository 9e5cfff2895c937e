import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Filters of the receipts list. */
export const queryRules = ruleSet(
  { severity: 'fault', source: sources.freedompay, since: '0.1.0' },
  {
    'query.limit.range': ['limit', 'limit is a whole number between 1 and 100'],
    'query.offset.range': [
      'offset',
      'offset is a whole number of receipts to skip, between 0 and 1000000000',
    ],
    'query.utc.range': [
      'utc',
      'utc is a whole number of hours from -12 to 14: 5, -5 or %2B5, since a plus sign in a query means a blank',
    ],
    'query.created-at.date': ['created_at[*]', 'A day is written as 2023-03-01 and exists in the calendar'],
    'query.created-at.order': ['created_at[lte]', 'The first day of the range comes after the last'],
  },
);
