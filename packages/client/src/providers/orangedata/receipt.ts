import type { Receipt } from '@fiscalkit/schemas';
import { detailsOf } from './details.js';
import { assertPaid, buyerOf, contactOf, paymentsOf, sellerOf, userPropsOf } from './document-parts.js';
import { types } from './enumerations.js';
import { markedPositionsOf, type Positions, plainPositionsOf } from './positions.js';
import { fromTable, refuse, refuseOthers } from './refuse.js';
import type { DocumentSettings } from './settings.js';

type PlainReceipt = Extract<Receipt, { receipt_format: 'ru_1_05' }>;
type MarkedReceipt = Extract<Receipt, { receipt_format: 'ru_1_2' }>;

/** Receipt around its positions, as both formats have it. */
type CommonReceipt = Omit<PlainReceipt, 'receipt_format' | 'positions'> & { readonly receipt_format: string };

/** Versions of the format of fiscal documents (tag 1209). */
export const ffdVersions = { ru_1_05: 2, ru_1_2: 4 } as const;

/** Returns the content of a receipt in FFD 1.05. */
export function plainReceiptOf({ positions, ...receipt }: PlainReceipt, settings: DocumentSettings): object {
  return contentOf(receipt, plainPositionsOf(positions, settings), settings);
}

/** Returns the content of a receipt in FFD 1.2. */
export function markedReceiptOf(
  { positions, receipt_industry_details, receipt_operating_details, ...receipt }: MarkedReceipt,
  settings: DocumentSettings,
): object {
  return {
    ...contentOf(receipt, markedPositionsOf(positions, receipt.operation_type, settings), settings),
    ...detailsOf({ receipt_industry_details, receipt_operating_details }, settings),
  };
}

function contentOf(receipt: CommonReceipt, positions: Positions, settings: DocumentSettings) {
  const {
    receipt_format: _format,
    merchant_id: _merchant,
    payment_id: _payment,
    operation_type,
    receipt_method,
    customer,
    company,
    settlements,
    total,
    additional_user_props,
    ...others
  } = receipt;
  refuseOthers(others, '$');
  if (receipt_method === 'together') {
    refuse('$.receipt_method', 'OrangeData forms receipts apart from the payment.');
  }
  assertPaid(settlements, total);
  const { taxationSystem, senderEmail } = sellerOf(company, settings);
  return {
    ffdVersion: ffdVersions[settings.format],
    type: fromTable(types, operation_type, '$.operation_type'),
    ...positions,
    checkClose: { payments: paymentsOf(settlements), taxationSystem },
    customerContact:
      contactOf(customer) ?? refuse('$.customer', "OrangeData needs the buyer's e-mail or phone."),
    ...buyerOf(customer, settings),
    ...(senderEmail !== undefined && { senderEmail }),
    totalSum: total,
    ...(additional_user_props && { additionalUserAttribute: userPropsOf(additional_user_props, settings) }),
    isInternetStore: settings.internet ?? true,
  };
}
