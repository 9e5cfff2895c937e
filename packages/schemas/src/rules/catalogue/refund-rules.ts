import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Refund of a sale, and the discount that is spread over an order. */
export const refundRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.fiscalkit, since: '1.1.0' },
    {
      'refund.of-refund': ['$.operation_type', 'Only a sale or a purchase can be refunded, no refund'],
      'refund.exceeds-sale': ['$..*', 'The refund is more than what is left of the sale'],
      'refund.zero': ['$..*', 'A refund is of more than zero'],
      'refund.position.unknown': [
        '$.positions[*].index',
        'The sale has no position of this index; they are counted from 0',
      ],
      'refund.position.codes': [
        '$.positions[*].labels',
        'Where a part of marked pieces comes back, it is said which: one code of the sale a piece',
      ],
      'refund.positions.required': [
        '$.positions',
        'A part of the sale was refunded by a receipt whose positions are not those of the sale: name the positions that come back',
      ],
      'refund.settlements.several': [
        '$.settlements',
        'The money goes back by several receipts, of the prepayment and of what was delivered: to say how, refund each by its own id',
      ],
      'discount.range': ['$.discount', 'A discount is at least zero and less than the order'],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.measuredMarks, since: '1.1.0' },
    {
      'refund.position.split': [
        '$.positions[*].quantity',
        'A marked item that is counted in pieces comes back whole',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.refundedMoney, since: '1.1.0' },
    {
      'refund.prepayment.unknown': [
        '$.settlements',
        'A refund pays money out: say how, since it is not known how the prepayment of this sale was paid',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.returnedMarks, since: '1.1.0' },
    {
      'refund.position.mark': [
        '$.positions[*]..*',
        'The refund of a part carries the code of the whole item, which returns it to circulation',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.fiscalkit, since: '1.1.0' },
    {
      'refund.unmatched': [
        '$.positions[*]',
        'The sale has no such position: the refund counts in total only',
      ],
      'refund.beyond-sale': ['$..*', 'More is refunded than is left of the sale'],
    },
  ),
] as const;
