import type { ReceiptFormat } from '../enumerations/countries.js';
import type { OperationType, ReceiptMethod, ReceiptStatus } from '../enumerations/receipts.js';
import type { FiscalMark } from '../links/fiscal-mark.js';
import { registerOffsetHours } from '../time/register-time.js';
import { formatWireTime } from '../time/wire-time.js';
import type { Receipt, ReceiptPosition } from './receipt.js';

/** Reason why a receipt was not registered. The provider's page shows no example: the shape is ours. */
export interface ReceiptError {
  readonly code: string;
  readonly message: string;
  /** The provider's own code, if it gave one. */
  readonly provider_code?: string;
  /** The provider's own words, if any: addresses and long runs of digits are masked. */
  readonly provider_message?: string;
}

/** Receipt of ours that another one follows from. */
export interface ReceiptOrigin {
  readonly receipt_id: string;
  /** What the receipt is to it: its refund, or the closing receipt of the prepayment. */
  readonly relation: OriginRelation;
}

/** What a receipt can be to its origin. */
export const originRelations = ['refund', 'closing'] as const;

/** What a receipt is to its origin. */
export type OriginRelation = (typeof originRelations)[number];

/** Receipt as the receipts API returns it, keys in its order. The buyer is not echoed. */
export interface ReceiptObject {
  readonly merchant_id: string;
  readonly receipt_id: string;
  readonly operation_type: OperationType;
  readonly receipt_format: ReceiptFormat;
  readonly status: ReceiptStatus;
  /** Tag 1040, in Uzbekistan the receipt number; `""` until registered. */
  readonly fiscal_document_number: string;
  /** Tag 1041, in Uzbekistan the terminal. */
  readonly fiscal_storage_number: string | null;
  /** Tag 1077, in Uzbekistan the fiscal sign; `""` until registered. */
  readonly fiscal_attribute: string;
  /** On the register's clock: `29.03.2023 17:37:00`. */
  readonly registered_at: string | null;
  readonly created_at: string;
  readonly fiscal_provider_id: string | null;
  readonly positions: readonly ReceiptPosition[];
  readonly total: number;
  readonly settlements: Receipt['settlements'];
  readonly company?: NonNullable<Receipt['company']>;
  readonly receipt_method: ReceiptMethod;
  readonly additional_user_props?: NonNullable<Receipt['additional_user_props']>;
  readonly receipt_industry_details?: NonNullable<MarkedReceipt['receipt_industry_details']>;
  readonly receipt_operating_details?: NonNullable<MarkedReceipt['receipt_operating_details']>;
  readonly error: ReceiptError | null;
  readonly link: string | null;
  readonly payment_id: string;
  /** Receipt as which a rejected one was resubmitted; absent if it was not. */
  readonly superseded_by?: string;
  /** Receipt that this one refunds or closes; absent from one that stands alone. */
  readonly origin?: ReceiptOrigin;
}

type MarkedReceipt = Extract<Receipt, { receipt_format: 'ru_1_2' }>;

/** Receipt with the facts around it. */
export interface ReceiptCircumstances {
  readonly receipt: Receipt;
  readonly receiptId: string;
  readonly merchantId: string;
  readonly status: ReceiptStatus;
  readonly createdAt: Date;
  /** Zone of `created_at`, in hours ahead of UTC. */
  readonly utcOffsetHours: number;
  readonly mark: FiscalMark | null;
  readonly fiscalProviderId: string | null;
  readonly link: string | null;
  readonly error: ReceiptError | null;
  readonly supersededBy?: string;
  readonly origin?: ReceiptOrigin;
}

/** Builds a receipt object of the receipts API. */
export function receiptObject({ receipt, mark, ...circumstances }: ReceiptCircumstances): ReceiptObject {
  const { merchantId, receiptId, status, createdAt, utcOffsetHours, fiscalProviderId, error, link } =
    circumstances;
  return {
    merchant_id: merchantId,
    receipt_id: receiptId,
    operation_type: receipt.operation_type,
    receipt_format: receipt.receipt_format,
    status,
    ...shownMark(mark, receipt.receipt_format),
    created_at: formatWireTime(createdAt, utcOffsetHours),
    fiscal_provider_id: fiscalProviderId,
    positions: receipt.positions.map(positionObject),
    total: receipt.total,
    settlements: receipt.settlements,
    ...(receipt.company && { company: receipt.company }),
    receipt_method: receipt.receipt_method,
    ...detailsOf(receipt),
    error,
    link,
    payment_id: receipt.payment_id,
    ...(circumstances.supersededBy !== undefined && { superseded_by: circumstances.supersededBy }),
    ...(circumstances.origin && { origin: circumstances.origin }),
  };
}

/** Orders the fields as the provider's page does: the sum stands last. */
export function positionObject(position: ReceiptPosition): ReceiptPosition {
  const { name, quantity, price, measure, vat_code, payment_method, payment_object, sum, ...rest } = position;
  return {
    name,
    quantity,
    price,
    measure,
    vat_code,
    payment_method,
    payment_object,
    ...rest,
    sum,
  } as ReceiptPosition;
}

function detailsOf(receipt: Receipt) {
  const { additional_user_props } = receipt;
  const { receipt_industry_details, receipt_operating_details } =
    receipt.receipt_format === 'ru_1_2' ? receipt : {};
  return {
    ...(additional_user_props && { additional_user_props }),
    ...(receipt_industry_details && { receipt_industry_details }),
    ...(receipt_operating_details && { receipt_operating_details }),
  };
}

/** Returns the numbers of a mark and the time of the registration, as an object shows them. */
export function shownMark(mark: FiscalMark | null, format: ReceiptFormat) {
  return {
    ...(mark === null ? noNumbers : fiscalNumbersOf(mark)),
    registered_at: mark && formatWireTime(new Date(mark.registered_at), registerOffsetHours(format)),
  };
}

/** Numbers of a fiscal mark in a receipt object. */
interface FiscalNumbers {
  readonly fiscal_document_number: string;
  readonly fiscal_storage_number: string | null;
  readonly fiscal_attribute: string;
}

/** What a receipt object shows without a mark, as on the provider's page. */
const noNumbers: FiscalNumbers = {
  fiscal_document_number: '',
  fiscal_storage_number: null,
  fiscal_attribute: '',
};

/** Names the parts of a mark as a receipt object does. */
export function fiscalNumbersOf(mark: FiscalMark) {
  if (mark.country === 'uz') {
    return {
      fiscal_document_number: mark.receipt_number,
      fiscal_storage_number: mark.terminal_id,
      fiscal_attribute: mark.fiscal_sign,
    };
  }
  const { fiscal_document_number, fiscal_storage_number, fiscal_attribute } = mark;
  return { fiscal_document_number, fiscal_storage_number, fiscal_attribute };
}
