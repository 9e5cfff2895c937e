import {
  type FiscalMark,
  formatOffsetTime,
  type ProviderReceipt,
  parseReceiptLink,
  parseWireTime,
  type ReceiptFormat,
  receiptFormats,
  registerOffsetHours,
} from '@fiscalkit/schemas';

/**
 * The fiscal mark of a receipt as the provider printed it: from its own fields, whose time is the register's clock, or else
 * from its link; `null` when neither is complete.
 */
export function markOfReceipt(receipt: ProviderReceipt): FiscalMark | null {
  return markOfFields(receipt) ?? markOfLink(receipt.link);
}

/** Numbers of registers and documents are letters and digits; anything else is no proof of a registration. */
const numberForm = /^[\dA-Za-z]{1,32}$/;

function numberOf(text: string | null): string | null {
  return text !== null && numberForm.test(text) ? text : null;
}

function markOfFields(receipt: ProviderReceipt): FiscalMark | null {
  const fiscal_storage_number = numberOf(receipt.fiscal_storage_number);
  const fiscal_document_number = numberOf(receipt.fiscal_document_number);
  const fiscal_attribute = numberOf(receipt.fiscal_attribute);
  const format = receiptFormats.find((known) => known === receipt.receipt_format);
  const registered_at = format ? registeredAt(receipt, format) : null;
  if (!fiscal_storage_number || !fiscal_document_number || !fiscal_attribute || !registered_at) {
    return null;
  }
  return format === 'uz_1_0'
    ? {
        country: 'uz',
        terminal_id: fiscal_storage_number,
        receipt_number: fiscal_document_number,
        fiscal_sign: fiscal_attribute,
        registered_at,
      }
    : { country: 'ru', fiscal_storage_number, fiscal_document_number, fiscal_attribute, registered_at };
}

function registeredAt({ registered_at }: ProviderReceipt, format: ReceiptFormat): string | null {
  const offsetHours = registerOffsetHours(format);
  try {
    return registered_at && formatOffsetTime(parseWireTime(registered_at, offsetHours), offsetHours);
  } catch {
    return null;
  }
}

function markOfLink(link: string | null): FiscalMark | null {
  try {
    return link === null ? null : parseReceiptLink(link).mark;
  } catch {
    return null;
  }
}
