import {
  type CorrectionOperationType,
  formatWireTime,
  type OperationType,
  type Receipt,
} from '@fiscalkit/schemas';
import { atolChoices } from './choices.js';
import { measureNumbers, paymentObjectNumbers } from './enumerations.js';
import { markCodeOf } from './mark-code.js';
import { commonItem, itemsOf, receiptAround } from './receipt-parts.js';
import { fromTable, refuse, refuseOthers } from './refuse.js';

type ReceiptOfV5 = Extract<Receipt, { receipt_format: 'ru_1_2' }>;
type PositionOfV5 = ReceiptOfV5['positions'][number];
type AnyOperation = OperationType | CorrectionOperationType;

/** Returns the `receipt` of v5 (FFD 1.2). */
export function receiptOfV5(
  { positions, receipt_industry_details, receipt_operating_details, ...receipt }: ReceiptOfV5,
  internet?: boolean,
): object {
  const items = itemsOfV5(positions, receipt.operation_type);
  return {
    ...receiptAround(receipt, { version: 'v5', internet, items }),
    ...detailsOfV5({ receipt_industry_details, receipt_operating_details }),
  };
}

/** Returns the items of v5. */
export function itemsOfV5(positions: readonly PositionOfV5[], operation: AnyOperation): object[] {
  return itemsOf(positions, (position, path) => itemOf(position, path, operation));
}

type Details = Pick<ReceiptOfV5, 'receipt_industry_details' | 'receipt_operating_details'>;

/** Returns the details of a whole document in v5. */
export function detailsOfV5({ receipt_industry_details, receipt_operating_details }: Details) {
  return {
    ...(receipt_industry_details && {
      sectoral_check_props: industryDetails(receipt_industry_details, '$.receipt_industry_details'),
    }),
    ...(receipt_operating_details && { operating_check_props: operatingDetails(receipt_operating_details) }),
  };
}

function itemOf(
  {
    measure,
    payment_object,
    mark_code_type,
    mark_quantity,
    payment_object_industry_details,
    ...position
  }: PositionOfV5,
  path: string,
  operation: AnyOperation,
): object {
  if (mark_code_type === undefined && mark_quantity !== undefined) {
    refuse(`${path}.mark_quantity`, 'ATOL takes a share of an item only with its mark code.');
  }
  if (mark_code_type !== undefined && position.quantity !== 1) {
    refuse(`${path}.quantity`, 'ATOL takes the quantity 1 with a mark code.');
  }
  return {
    ...commonItem(position, path),
    measure: fromTable(measureNumbers, measure, `${path}.measure`),
    payment_object: fromTable(paymentObjectNumbers, payment_object, `${path}.payment_object`),
    ...(mark_code_type && {
      mark_processing_mode: '0',
      planned_status: plannedStatus(operation, mark_quantity !== undefined, path),
      mark_code: markCodeOf(mark_code_type, `${path}.mark_code_type`),
      ...(mark_quantity && { mark_quantity: shareOf(mark_quantity, `${path}.mark_quantity`) }),
    }),
    ...(payment_object_industry_details && {
      sectoral_item_props: industryDetails(
        payment_object_industry_details,
        `${path}.payment_object_industry_details`,
      ),
    }),
  };
}

/** Planned status of a marked item (tag 2003), whole and in part; ATOL names none of an item that is bought. */
const plannedStatuses: Readonly<Record<AnyOperation, readonly [whole: number, part: number] | null>> = {
  sell: [1, 2],
  sell_refund: [3, 4],
  buy: null,
  buy_refund: null,
  sell_correction: [1, 2],
  sell_refund_correction: [3, 4],
  buy_correction: null,
  buy_refund_correction: null,
};

function plannedStatus(operation: AnyOperation, isPart: boolean, path: string): number {
  const [whole, part] =
    plannedStatuses[operation] ??
    refuse(`${path}.mark_code_type`, 'ATOL has no planned status of a marked item that is bought.');
  return isPart ? part : whole;
}

function shareOf(
  { numerator, denominator, ...others }: NonNullable<PositionOfV5['mark_quantity']>,
  path: string,
) {
  refuseOthers(others, path);
  return { numerator, denominator };
}

type IndustryDetail = NonNullable<ReceiptOfV5['receipt_industry_details']>[number];

function industryDetails(details: readonly IndustryDetail[], path: string): object[] {
  return details.map(({ federal_id, document_date, document_number, value, ...others }, index) => {
    refuseOthers(others, `${path}[${index}]`);
    const date = document_date.split('-').reverse().join('.');
    return { federal_id, date, number: document_number, value };
  });
}

function operatingDetails({
  operation_id,
  value,
  created_at,
  ...others
}: NonNullable<ReceiptOfV5['receipt_operating_details']>): object {
  const path = '$.receipt_operating_details';
  refuseOthers(others, path);
  if (operation_id !== 0) refuse(`${path}.operation_id`, 'ATOL takes the operation 0 only.');
  return {
    name: '0',
    value,
    timestamp: formatWireTime(new Date(created_at), atolChoices.utcOffsetHours),
  };
}
