import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Closing receipt: the delivery of what was prepaid. */
export const closingRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.fiscalkit, since: '1.1.0' },
    {
      'closing.exceeds-prepaid': ['$..*', 'The delivery is more than what is left of the prepayment'],
      'closing.zero': ['$..*', 'A delivery is of more than zero'],
      'closing.position.unknown': [
        '$.positions[*].index',
        'The prepayment has no position of this index; they are counted from 0',
      ],
      'closing.position.codes': [
        '$.positions[*].labels',
        'Where a part of marked pieces is delivered, it is said which: one code of the prepayment a piece',
      ],
      'closing.positions.required': [
        '$.positions',
        'An advance does not say what for: name the positions that are delivered',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.closingReceipt, since: '1.1.0' },
    {
      'closing.not-prepaid': [
        '$..*',
        'Only what was prepaid is closed: positions paid by full_prepayment, partial_prepayment or advance',
      ],
      'closing.settlements': [
        '$.settlements',
        'The settlements of a delivery are the prepayment and the rest of the price, neither more nor less',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.measuredMarks, since: '1.1.0' },
    {
      'closing.position.split': [
        '$.positions[*].quantity',
        'A marked item that is counted in pieces is delivered whole',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.closingObject, since: '1.1.0' },
    {
      'closing.payment-object': [
        '$.positions[*].payment_object',
        'A delivery names what is delivered, such as goods or service, and not payment',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.closingVat, since: '1.1.0' },
    {
      'closing.vat.changed': [
        '$.positions[*].vat_code',
        'The rate has changed since the prepayment; a delivery is taxed at the rate of its day',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.fiscalkit, since: '1.1.0' },
    {
      'closing.position.mark': ['$.positions[*]..*', 'A part is delivered under the code of the whole item'],
      'closing.payment-object.assumed': [
        '$.positions[*].payment_object',
        'The prepayment does not say what was paid for: goods are assumed',
      ],
      'closing.price.assumed': [
        '$.positions[*].price',
        'The receipt of a partial prepayment does not say the full price: what was prepaid is taken for it',
      ],
    },
  ),
] as const;
