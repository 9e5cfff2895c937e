import type { FiscalMark } from '../links/fiscal-mark.js';

/** The numbers of a fiscal mark as a receipt object prints them. */
export interface FiscalNumbers {
  readonly fiscal_document_number: string;
  readonly fiscal_storage_number: string | null;
  readonly fiscal_attribute: string;
}

/** Names the parts of a mark as a receipt object does; without a mark they are empty, as the provider prints them. */
export function fiscalNumbersOf(mark: FiscalMark | null): FiscalNumbers {
  if (mark === null) return { fiscal_document_number: '', fiscal_storage_number: null, fiscal_attribute: '' };
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
