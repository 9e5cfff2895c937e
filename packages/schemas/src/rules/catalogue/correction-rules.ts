import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Corrections: their ground, and the sums of those without positions. */
export const correctionRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.atol, since: '1.1.0' },
    {
      'correction.base.number.missing': [
        '$.correction_info.base_number',
        'A correction by order of the tax office names the number of the order',
      ],
      'correction.base.number.unexpected': [
        '$.correction_info.base_number',
        'An own correction has no number: only an order of the tax office has one',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.fiscalDocuments, since: '1.1.0' },
    {
      'correction.base.future': [
        '$.correction_info.base_date',
        "What is corrected has happened: the day of the base is today at the latest, on the register's calendar",
      ],
      'correction.base.past': [
        '$.correction_info.base_date',
        'Registers write the day of the base as seconds since 1970-01-01, so it is no earlier',
      ],
      'correction.vat-totals.count': [
        '$.vat_totals',
        'A correction without positions has the turnover of 1 to 12 VAT rates',
      ],
      'correction.vat.repeated': [
        '$.vat_totals[*].vat_code',
        'The register has one sum for a VAT rate: name each rate once',
      ],
      'correction.vat.exceeds': [
        '$.vat_totals[*].vat',
        'The VAT is more than can be in the turnover: at most all of it, and nothing at a rate of 0 % or without VAT',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.fiscalkit, since: '1.1.0' },
    {
      'correction.country': [
        '$.receipt_format',
        'Uzbekistan has no corrections: they are made in the Russian formats only, ru_1_05 and ru_1_2',
      ],
      'correction.total.mismatch': ['$.total', 'The total is not the sum of the turnovers'],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.fiscalDocuments, since: '1.1.0' },
    {
      'correction.vat.differs': [
        '$.vat_totals[*].vat',
        'The VAT is not the one that is in the turnover at this rate; roundings of single receipts may make a difference',
      ],
      'correction.vat.before-rate': ['$..vat_code', 'The VAT rate was introduced after the day of the base'],
    },
  ),
] as const;
