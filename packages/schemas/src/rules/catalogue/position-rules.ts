import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** One position: name, sum, VAT and the codes of the Uzbek catalogue. */
export const positionRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.atol, since: '0.1.0' },
    {
      'receipt.position.name.length': ['$.positions[*].name', 'The name of a position is empty or too long'],
      'receipt.position.sum.mismatch': [
        '$.positions[*].sum',
        'The sum of the position is not price × quantity',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.fiscalDocuments, since: '0.1.0' },
    {
      'receipt.vat.country': [
        '$.positions[*].vat_code',
        'The VAT rate does not exist in the country of the receipt',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.fiscalDocuments, since: '0.1.0' },
    {
      'receipt.vat.out-of-dates': [
        '$.positions[*].vat_code',
        'The VAT rate does not apply to sales of this day',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.prepaymentVat, since: '1.1.0' },
    {
      'receipt.vat.prepayment': [
        '$.positions[*].vat_code',
        'Money that is taken before delivery is taxed at the calculated rate',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.click, since: '0.1.0' },
    {
      'receipt.position.ikpu': ['$.positions[*].ikpu_code', 'The product code (IKPU) has 17 digits'],
      'receipt.position.package-code': ['$.positions[*].package_code', 'The package code has 1 to 20 digits'],
      'receipt.position.labels.count': ['$.positions[*].labels', 'A position has at most 300 marking labels'],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.uzum, since: '0.1.0' },
    {
      'receipt.position.commission': [
        '$.positions[*].commission_info..*',
        'Commission goods name either the TIN (9 digits) or the PINFL (14 digits) of their owner',
      ],
    },
  ),
] as const;
