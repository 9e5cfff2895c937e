import { isRecord } from '../json/is-record.js';
import type { Fault } from '../rules/fault.js';
import { faultsOfZod } from '../rules/faults-of-zod.js';
import { isPinfl } from '../tax-ids/is-pinfl.js';
import { isTin } from '../tax-ids/is-tin.js';
import type { Company } from './company.js';
import type { ReceiptFormat } from './enumerations/receipt-formats.js';
import type { ReceiptMethod } from './enumerations/receipt-methods.js';
import type { ReceiptDraft } from './receipt-draft.js';
import { type ReceiptReader, receiptReader } from './receipt-reader.js';
import {
  markedReceiptSchema,
  receiptSchema,
  russianReceiptSchema,
  uzbekReceiptSchema,
} from './receipt-schema.js';

/** What a merchant's receipts say unless the document itself says it. */
export interface ReceiptDefaults {
  readonly merchantId?: string | undefined;
  readonly company?: Company | undefined;
  readonly receiptMethod?: ReceiptMethod | undefined;
}

/** What normalising came to. */
export interface NormalisedDocument {
  /** Complete when there are no faults. */
  readonly draft: ReceiptDraft;
  /** What is wrong with single fields. */
  readonly faults: readonly Fault[];
}

const readers: Readonly<Record<ReceiptFormat, ReceiptReader>> = {
  ru_1_05: receiptReader(russianReceiptSchema),
  ru_1_2: receiptReader(markedReceiptSchema),
  uz_1_0: receiptReader(uzbekReceiptSchema),
};
const readerByFormat = new Map<unknown, ReceiptReader>(Object.entries(readers));

/**
 * Brings a document into its normal form: fills in defaults, trims texts, turns ids into texts and amounts into numbers, and
 * says which fields are wrong. A document of unknown format gives an empty draft.
 */
export function normaliseReceipt(input: unknown, defaults: ReceiptDefaults = {}): NormalisedDocument {
  const document = isRecord(input) ? withDefaults(input, defaults) : input;
  const reader = isRecord(document) ? readerByFormat.get(document.receipt_format) : undefined;
  const { success, data, error } = reader?.read(document) ?? receiptSchema.safeParse(document);
  if (success) return { draft: data, faults: [] };
  return { draft: reader?.salvage(document) ?? {}, faults: faultsOfZod(error) };
}

function withDefaults(
  input: Readonly<Record<string, unknown>>,
  defaults: ReceiptDefaults,
): Record<string, unknown> {
  const filled = { ...input };
  fillIn(filled, 'merchant_id', defaults.merchantId);
  if (isOfCountry(defaults.company, input.receipt_format)) fillIn(filled, 'company', defaults.company);
  fillIn(filled, 'receipt_method', defaults.receiptMethod);
  return filled;
}

function fillIn(document: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined && document[name] === undefined) document[name] = value;
}

/** A seller registered in one country has no company for the receipts of the other. */
function isOfCountry(company: Company | undefined, format: unknown): boolean {
  const isUzbek = company !== undefined && (isTin(company.inn) || isPinfl(company.inn));
  return isUzbek === (format === 'uz_1_0');
}
