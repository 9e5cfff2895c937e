import type { ReceiptFormat } from '../enumerations/countries.js';
import type { ReceiptMethod } from '../enumerations/receipts.js';
import type { Fault } from '../errors/fault.js';
import { isRecord } from '../json/plain-object.js';
import { absentRemover, isAbsentMember } from '../schema/absent-members.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { isPinfl, isTin } from '../tax-ids.js';
import type { Company } from './company.js';
import type { ReceiptDraft } from './receipt-draft.js';
import { type ReceiptReader, receiptReader } from './receipt-reader.js';
import {
  fullReceiptSchema,
  markedReceiptSchema,
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
const removeAbsent = absentRemover(fullReceiptSchema);
const readerByFormat = new Map<unknown, ReceiptReader>(Object.entries(readers));

/**
 * Brings a document into its normal form: leaves out what stands for nothing, fills in defaults, trims texts, turns ids into texts
 * and amounts into numbers, and says which fields are wrong. A document of unknown format gives an empty draft.
 */
export function normaliseReceipt(input: unknown, defaults: ReceiptDefaults = {}): NormalisedDocument {
  const said = removeAbsent(input);
  const document = isRecord(said) ? withDefaults(said, defaults) : said;
  const reader = isRecord(document) ? readerByFormat.get(document.receipt_format) : undefined;
  const { success, data, error } = reader?.read(document) ?? fullReceiptSchema.safeParse(document);
  if (success) return { draft: data, faults: [] };
  return { draft: reader?.salvage(document) ?? {}, faults: faultsOfZod(error) };
}

function withDefaults(
  input: Readonly<Record<string, unknown>>,
  defaults: ReceiptDefaults,
): Record<string, unknown> {
  const filled = { ...input };
  fillIn(filled, 'merchant_id', defaults.merchantId);
  if (isOfCountry(defaults.company, input.receipt_format)) {
    filled.company = withCompany(input.company, defaults.company);
  }
  fillIn(filled, 'receipt_method', defaults.receiptMethod);
  return filled;
}

function fillIn(document: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined && isAbsentMember(document[name])) document[name] = value;
}

/**
 * The seller of a document, with the members that it leaves out as they are configured. A document that names another seller than the
 * configured one is left alone: whose tax system and address would be filled in?
 */
function withCompany(said: unknown, configured: Company): unknown {
  if (said === undefined) return configured;
  if (!isRecord(said)) return said;
  const { inn, ...members } = said;
  if (isAbsentMember(inn)) return { ...configured, ...members };
  const isSame = typeof inn === 'string' && inn.trim() === configured.inn;
  return isSame ? { ...configured, ...said } : said;
}

/** A seller registered in one country has no company for the receipts of the other. */
function isOfCountry(company: Company | undefined, format: unknown): company is Company {
  if (company === undefined) return false;
  return (isTin(company.inn) || isPinfl(company.inn)) === (format === 'uz_1_0');
}
