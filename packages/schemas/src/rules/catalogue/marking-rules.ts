import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Marked goods in FFD 1.2, tags 1163 and 1291. */
export const markingRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.yookassa, since: '0.1.0' },
    {
      'receipt.position.mark.length': [
        '$.positions[*].mark_code_type.*',
        'The mark code has the wrong length for its kind',
      ],
      'receipt.position.mark-quantity.measure': [
        '$.positions[*].measure',
        'A share of a marked item is counted in pieces',
      ],
      'receipt.position.mark-quantity.fraction': [
        '$.positions[*].mark_quantity..*',
        'The share of a marked item is a fraction of whole numbers: the numerator at least 1, the denominator above it',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.measuredMarks, since: '0.1.0' },
    {
      'receipt.position.mark.quantity': [
        '$.positions[*].quantity',
        'A position with a mark code that is counted in pieces has the quantity 1; what is measured out has another measure',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.markedShares, since: '1.1.0' },
    {
      'receipt.position.mark-quantity.quantity': [
        '$.positions[*].quantity',
        'A share of a marked item has the quantity 1: the price is that of the share',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.markSeparators, since: '1.1.0' },
    {
      'receipt.position.mark.separator': [
        '$.positions[*]..*',
        'A mark code is sent as it was scanned: its separator is the character U+001D and no escape or name of it (&#x1D;, <GS>), and neither brackets nor signs of the scanner stand in it',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.gs1, since: '1.1.0' },
    {
      'receipt.position.mark.characters': [
        '$.positions[*]..*',
        'A mark code has signs of ASCII alone, and a code of GS1 only the 82 of GS1: no letters of other alphabets, no blanks, no backslash',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.fiscalkit, since: '0.1.0' },
    {
      'receipt.position.mark.single': [
        '$.positions[*].mark_code_type',
        'A position has exactly one mark code',
      ],
      'receipt.position.mark.missing': [
        '$.positions[*].mark_code_type',
        'This payment object needs a mark code',
      ],
      'receipt.position.mark.object': [
        '$.positions[*].payment_object',
        'A mark code needs a payment object for goods marked with a code',
      ],
      'receipt.position.mark-quantity.code': [
        '$.positions[*].mark_quantity',
        'A share of a marked item needs the mark code',
      ],
    },
  ),
] as const;
