import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Times as the receipts API writes them. */
export const timeRules = ruleSet(
  { severity: 'fault', source: sources.freedompay, since: '0.1.0' },
  {
    'time.format': [
      "$..['created_at','registered_at']",
      'A time is written as 29.03.2023 17:37:00 and exists in the calendar',
    ],
  },
);
