import type { Fault } from '../errors/fault.js';
import type { ReceiptDraft } from '../receipt/receipt.js';
import { expectedSums } from './calculate-receipt.js';
import { markingRule } from './marking-rule.js';
import { contactRule, merchantRule, placeholderRule, supplierRule } from './party-rules.js';
import type { FormattedDraft, PositionRule, ReceiptRule, ValidationContext } from './receipt-rule.js';
import { settlementsRule, sumRule, totalRule } from './sum-rules.js';
import { vatRule } from './vat-rule.js';

const receiptRules: readonly ReceiptRule[] = [
  merchantRule,
  contactRule,
  placeholderRule,
  totalRule,
  settlementsRule,
];

const positionRules: readonly PositionRule[] = [sumRule, vatRule, markingRule, supplierRule];

/**
 * Checks the fields of a calculated draft against each other and returns all faults and warnings at once. A
 * rule is skipped only if a value that it reads is unknown; without a format no rule is known to apply.
 */
export function validateReceipt(draft: ReceiptDraft, context: ValidationContext): Fault[] {
  return validateBy(receiptRules, draft, context);
}

/** Checks a draft by these rules, and its positions by those of every position. */
export function validateBy(
  rules: readonly ReceiptRule[],
  draft: ReceiptDraft,
  context: ValidationContext,
): Fault[] {
  if (!hasFormat(draft)) return [];
  const { sums, total: expectedTotal } = expectedSums(draft);
  const ruleContext = { ...context, expectedTotal };
  const faults: Fault[] = [];
  for (const rule of rules) addAll(faults, rule(draft, ruleContext));
  draft.positions?.forEach((position, index) => {
    if (position === undefined) return;
    const place = { position, expectedSum: sums[index], path: `$.positions[${index}]`, draft };
    for (const rule of positionRules) addAll(faults, rule(place, ruleContext));
  });
  return faults;
}

/** Adds faults; mostly there are none, and neither a loop over nothing nor spreading it is free. */
function addAll(faults: Fault[], more: readonly Fault[]): void {
  if (more.length > 0) faults.push(...more);
}

function hasFormat(draft: ReceiptDraft): draft is FormattedDraft {
  return draft.receipt_format !== undefined;
}
