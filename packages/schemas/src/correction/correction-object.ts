import type { CorrectionOperationType, ReceiptStatus } from '../enumerations/receipts.js';
import {
  positionObject,
  type ReceiptCircumstances,
  type ReceiptError,
  shownMark,
} from '../receipt/receipt-object.js';
import { formatWireTime } from '../time/wire-time.js';
import type { Correction, CorrectionFormat, MarkedCorrection, PlainCorrection } from './correction.js';

/** Correction as the receipts API returns it, named as in a receipt object. The buyer is not echoed. */
export interface CorrectionObject {
  readonly merchant_id: string;
  readonly receipt_id: string;
  readonly operation_type: CorrectionOperationType;
  readonly receipt_format: CorrectionFormat;
  readonly status: ReceiptStatus;
  readonly correction_info: Correction['correction_info'];
  readonly fiscal_document_number: string;
  readonly fiscal_storage_number: string | null;
  readonly fiscal_attribute: string;
  readonly registered_at: string | null;
  readonly created_at: string;
  readonly fiscal_provider_id: string | null;
  /** In FFD 1.05. */
  readonly vat_totals?: PlainCorrection['vat_totals'];
  /** In FFD 1.2. */
  readonly positions?: MarkedCorrection['positions'];
  readonly total: number;
  readonly settlements: Correction['settlements'];
  readonly company?: NonNullable<Correction['company']>;
  readonly additional_user_props?: NonNullable<MarkedCorrection['additional_user_props']>;
  readonly receipt_industry_details?: NonNullable<MarkedCorrection['receipt_industry_details']>;
  readonly receipt_operating_details?: NonNullable<MarkedCorrection['receipt_operating_details']>;
  readonly error: ReceiptError | null;
  readonly link: string | null;
  /** Absent where the correction names no payment. */
  readonly payment_id?: string;
  /** Correction as which a rejected one was resubmitted; absent if it was not. */
  readonly superseded_by?: string;
}

/** Correction with the facts around it. */
export interface CorrectionCircumstances extends Omit<ReceiptCircumstances, 'receipt' | 'origin'> {
  readonly correction: Correction;
}

/** Builds a correction object of the receipts API. */
export function correctionObject({
  correction,
  ...circumstances
}: CorrectionCircumstances): CorrectionObject {
  const { merchantId, receiptId, status, createdAt, utcOffsetHours, error, link, supersededBy } =
    circumstances;
  const { company, payment_id, receipt_format, operation_type, correction_info } = correction;
  return {
    merchant_id: merchantId,
    receipt_id: receiptId,
    operation_type,
    receipt_format,
    status,
    correction_info,
    ...shownMark(circumstances.mark, receipt_format),
    created_at: formatWireTime(createdAt, utcOffsetHours),
    fiscal_provider_id: circumstances.fiscalProviderId,
    ...contentOf(correction),
    total: correction.total,
    settlements: correction.settlements,
    ...(company && { company }),
    ...detailsOf(correction),
    error,
    link,
    ...(payment_id !== undefined && { payment_id }),
    ...(supersededBy !== undefined && { superseded_by: supersededBy }),
  };
}

function contentOf(correction: Correction) {
  if ('vat_totals' in correction) return { vat_totals: correction.vat_totals };
  return { positions: correction.positions.map(positionObject) as MarkedCorrection['positions'] };
}

function detailsOf(correction: Correction) {
  if (correction.receipt_format === 'ru_1_05') return {};
  const { additional_user_props, receipt_industry_details, receipt_operating_details } = correction;
  return {
    ...(additional_user_props && { additional_user_props }),
    ...(receipt_industry_details && { receipt_industry_details }),
    ...(receipt_operating_details && { receipt_operating_details }),
  };
}
