import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Receipt links of both countries. */
export const linkRules = ruleSet(
  { severity: 'fault', source: sources.fiscalbox, since: '0.1.0' },
  {
    'link.format': ['$.qr_code', 'The text is not a receipt link'],
    'link.scheme': ['$.qr_code', 'A receipt link begins with https://'],
    'link.host': [
      '$.qr_code',
      'No fiscal mark can be read from a link to this host, but from those of ofd.soliq.uz in Uzbekistan and of consumer.1-ofd.ru in Russia',
    ],
    'link.path': ['$.qr_code', 'The link does not lead to a receipt'],
    'link.parameter': ['$.qr_code', 'A parameter of the link is missing, repeated, unknown or malformed'],
    'link.date': ['$.qr_code', 'The time in the link does not exist in the calendar'],
  },
);
