import { relateIds } from './fold-id.js';
import { isNameOf } from './match-name.js';
import { canPairUp } from './pair-up.js';
import type { PositionContent, ReceiptContent, SettlementContent } from './receipt-content.js';

/** Comparison of a shown receipt with ours, by names of fields. Missing and unknown ones do not differ. */
export interface Comparison {
  /** Fields that no register rewrites: a receipt that differs in one is another, or is shown wrongly. */
  readonly firmly: readonly string[];
  /** Fields that may have been rewritten. */
  readonly loosely: readonly string[];
  /** Fields that would have to be shown to be sure, and are not. */
  readonly missing: readonly string[];
  /** Whether everything is shown that tells the receipts of one payment apart. */
  readonly isWhole: boolean;
  /** Whether the names are equal letter by letter, up to blanks. */
  readonly isLiteral: boolean;
}

/** Compares a shown receipt with the sent one. Order means nothing in positions and settlements. */
export function compareReceipt(ours: ReceiptContent, shown: ReceiptContent): Comparison {
  const firmly = [
    ...differingIds('merchant_id', ours.merchantId, shown.merchantId),
    ...differingIds('company.inn', ours.inn, shown.inn),
    ...differing('receipt_format', ours.format, shown.format),
    ...differing('total', ours.total, shown.total),
    ...positionDifferences(ours.positions, shown.positions),
    ...settlementDifferences(ours.settlements, shown.settlements),
  ];
  const mayPair = shown.positions.length > 0 && firmly.every((field) => !field.startsWith('positions'));
  const named = mayPair && canPairUp(ours.positions, shown.positions, isFirmlyAndNamed);
  const summed = !mayPair || canPairUp(ours.positions, shown.positions, isFirmlyAndSummed);
  return {
    firmly,
    loosely: [
      ...(mayPair && !named ? ['positions.name'] : []),
      ...(summed ? [] : ['positions.sum']),
      ...differing('customer.email', ours.email, shown.email),
      ...differing('customer.phone', ours.phone, shown.phone),
    ],
    missing: missingFrom(shown),
    isWhole: isWhole(ours, shown),
    isLiteral: named && canPairUp(ours.positions, shown.positions, isLiterally),
  };
}

const firmFields = ['quantity', 'price', 'vat_code', 'payment_method', 'payment_object', 'measure'] as const;

function differing<Value>(field: string, ours: Value | null, shown: Value | null): string[] {
  return ours === null || shown === null || ours === shown ? [] : [field];
}

function differingIds(field: string, ours: string | null, shown: string | null): string[] {
  return ours === null || shown === null || relateIds(ours, shown) !== 'other' ? [] : [field];
}

function positionDifferences(ours: readonly PositionContent[], shown: readonly PositionContent[]): string[] {
  if (shown.length === 0) return [];
  if (shown.length !== ours.length) return ['positions'];
  const fields = firmFields
    .filter((field) => !canPairUp(ours, shown, (one, other) => isAlike(one[field], other[field])))
    .map((field) => `positions.${field}`);
  return fields.length === 0 && !canPairUp(ours, shown, isFirmly) ? ['positions'] : fields;
}

function settlementDifferences(
  ours: readonly SettlementContent[],
  shown: readonly SettlementContent[],
): string[] {
  if (shown.length === 0 || ours.length === 0) return [];
  const isSame = (one: SettlementContent, other: SettlementContent) =>
    isAlike(one.type, other.type) && isAlike(one.sum, other.sum);
  return canPairUp(ours, shown, isSame) ? [] : ['settlements'];
}

function isAlike<Value>(one: Value | null, other: Value | null): boolean {
  return one === null || other === null || one === other;
}

function isFirmly(ours: PositionContent, shown: PositionContent): boolean {
  return firmFields.every((field) => isAlike<unknown>(ours[field], shown[field]));
}

function isFirmlyAndNamed(ours: PositionContent, shown: PositionContent): boolean {
  if (!isFirmly(ours, shown)) return false;
  return ours.name === null || shown.name === null || isNameOf(ours.name, shown.name);
}

/** Whether positions are equal firmly and in their sums: registers round a half to either side. */
function isFirmlyAndSummed(ours: PositionContent, shown: PositionContent): boolean {
  return (
    isFirmly(ours, shown) && (ours.sum === null || shown.sum === null || Math.abs(ours.sum - shown.sum) <= 1)
  );
}

function isLiterally(ours: PositionContent, shown: PositionContent): boolean {
  return isFirmly(ours, shown) && plainName(ours.name) === plainName(shown.name);
}

function plainName(name: string | null): string | undefined {
  return name?.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
}

function missingFrom({ operation, total, positions }: ReceiptContent): string[] {
  const isMissing = (field: 'name' | 'quantity' | 'price') => positions.some((each) => each[field] === null);
  return [
    ...(operation === null ? ['operation_type'] : []),
    ...(total === null ? ['total'] : []),
    ...(positions.length === 0 ? ['positions'] : []),
    ...(['name', 'quantity', 'price'] as const).filter(isMissing).map((field) => `positions.${field}`),
  ];
}

function isWhole(ours: ReceiptContent, { positions, settlements }: ReceiptContent): boolean {
  const isShown = (field: 'vat_code' | 'payment_method') =>
    ours.positions.every((each) => each[field] === null) || positions.every((each) => each[field] !== null);
  const isSettled = ours.settlements.length === 0 || settlements.some(({ type }) => type !== null);
  return isShown('vat_code') && isShown('payment_method') && isSettled;
}
