import type { Fault } from '../rules/fault.js';
import type { ReceiptDraft } from './receipt-draft.js';
import { contactRule } from './validation/contact-rule.js';
import { markingRule } from './validation/marking-rule.js';
import { merchantRule } from './validation/merchant-rule.js';
import { placeholderRule } from './validation/placeholder-rule.js';
import type { FormattedDraft, PositionRule, ReceiptRule } from './validation/receipt-rule.js';
import { settlementsRule } from './validation/settlements-rule.js';
import { sumRule } from './validation/sum-rule.js';
import { supplierRule } from './validation/supplier-rule.js';
import { totalRule } from './validation/total-rule.js';
import type { ValidationContext } from './validation/validation-context.js';
import { vatRule } from './validation/vat-rule.js';

const receiptRules: readonly ReceiptRule[] = [
  merchantRule,
  contactRule,
  placeholderRule,
  totalRule,
  settlementsRule,
];

const positionRules: readonly PositionRule[] = [sumRule, vatRule, markingRule, supplierRule];

/**
 * Checks the rules that tie the fields of a calculated draft together, and answers all faults and warnings at once. A rule is
 * passed over only where a value that it reads is not known; without a format no rule is known to apply.
 */
export function validateReceipt(draft: ReceiptDraft, context: ValidationContext): Fault[] {
  if (!hasFormat(draft)) return [];
  const ofReceipt = receiptRules.flatMap((rule) => rule(draft, context));
  const ofPositions = (draft.positions ?? []).flatMap((position, index) => {
    if (position === undefined) return [];
    const place = { position, path: `$.positions[${index}]`, draft };
    return positionRules.flatMap((rule) => rule(place, context));
  });
  return [...ofReceipt, ...ofPositions];
}

function hasFormat(draft: ReceiptDraft): draft is FormattedDraft {
  return draft.receipt_format !== undefined;
}
