import { ruleSet } from '../rule-set.js';
import { sources } from '../sources.js';

/** Receipt links of both countries. */
export const linkRules = ruleSet(
  { severity: 'fault', source: sources.fiscalbox, since: '0.1.0' },
  {
    'link.format': 'The text is not a receipt link',
    'link.scheme': 'A receipt link begins with https://',
    'link.host': 'The link does not lead to the receipt service of a tax office or its operator',
    'link.path': 'The link does not lead to a receipt',
    'link.parameter': 'A parameter of the link is missing, repeated, unknown or malformed',
    'link.date': 'The time in the link does not exist in the calendar',
  },
);
