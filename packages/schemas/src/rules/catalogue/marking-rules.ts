import { ruleSet } from '../rule-set.js';
import { sources } from '../sources.js';

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
        'The share of a marked item is a fraction between zero and one',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.atol, since: '0.1.0' },
    {
      'receipt.position.mark.quantity': [
        '$.positions[*].quantity',
        'A position with a mark code has the quantity 1, or states a share',
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
