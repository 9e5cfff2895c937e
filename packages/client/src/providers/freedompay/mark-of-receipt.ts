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
import { foldWord } from './fold-word.js';

/**
 * Returns the fiscal mark of a receipt as the provider printed it: from its own fields, whose time is the
 * register's clock, or else from its link; `null` if neither is complete.
 */
export function markOfReceipt(receipt: ProviderReceipt): FiscalMark | null {
  return markOfFields(receipt) ?? markOfLink(receipt.link);
}

/** Form of the numbers of registers and documents; anything else is no proof of a registration. */
const numberForm = /^[\dA-Za-z]{1,32}$/;

function numberOf(text: string | null): string | null {
  return text !== null && numberForm.test(text) ? text : null;
}

function markOfFields(receipt: ProviderReceipt): FiscalMark | null {
  const fiscal_storage_number = numberOf(receipt.fiscal_storage_number);
  const fiscal_document_number = numberOf(receipt.fiscal_document_number);
  const fiscal_attribute = numberOf(receipt.fiscal_attribute);
  const format = foldWord(receipt.receipt_format, formats);
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

const formats = Object.fromEntries(receiptFormats.map((format) => [format, true])) as Record<
  ReceiptFormat,
  true
>;

function registeredAt({ registered_at }: ProviderReceipt, format: ReceiptFormat): string | null {
  const offsetHours = registerOffsetHours(format);
  try {
    return registered_at && formatOffsetTime(readTime(registered_at, offsetHours), offsetHours);
  } catch {
    return null;
  }
}

const isoTime = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,]\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** Parses a time as the page prints it, or in ISO 8601; without a zone it is of the register's clock. */
function readTime(text: string, offsetHours: number): Date {
  const [, year, month, day, time, zone] = isoTime.exec(text.trim()) ?? [];
  if (time === undefined) return parseWireTime(text, offsetHours);
  const atRegister = parseWireTime(`${day}.${month}.${year} ${time}`, zone === undefined ? offsetHours : 0);
  return zone === undefined ? atRegister : new Date(atRegister.getTime() - zoneMs(zone));
}

function zoneMs(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -ahead : ahead;
}

function markOfLink(link: string | null): FiscalMark | null {
  try {
    return link === null ? null : parseReceiptLink(link).mark;
  } catch {
    return null;
  }
}
