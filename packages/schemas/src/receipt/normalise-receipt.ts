import { isRecord } from '../json/is-record.js';
import type { Fault } from '../rules/fault.js';
import { faultsOfZod } from '../rules/faults-of-zod.js';
import { isPinfl } from '../tax-ids/is-pinfl.js';
import { isTin } from '../tax-ids/is-tin.js';
import type { Company } from './company.js';
import type { ReceiptFormat } from './enumerations/receipt-formats.js';
import type { ReceiptMethod } from './enumerations/receipt-methods.js';
import type { ReceiptDraft } from './receipt-draft.js';
import {
  markedReceiptSchema,
  receiptSchema,
  russianReceiptSchema,
  uzbekReceiptSchema,
} from './receipt-schema.js';
import { salvageSchema } from './salvage-schema.js';

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

const salvageSchemas = new Map<unknown, ReturnType<typeof salvageSchema>>([
  ['ru_1_05' satisfies ReceiptFormat, salvageSchema(russianReceiptSchema)],
  ['ru_1_2' satisfies ReceiptFormat, salvageSchema(markedReceiptSchema)],
  ['uz_1_0' satisfies ReceiptFormat, salvageSchema(uzbekReceiptSchema)],
]);

/**
 * Brings a document into its normal form: fills in defaults, trims texts, turns ids into texts and amounts into numbers, and
 * says which fields are wrong. A document of unknown format gives an empty draft.
 */
export function normaliseReceipt(input: unknown, defaults: ReceiptDefaults = {}): NormalisedDocument {
  const document = isRecord(input) ? withDefaults(input, defaults) : input;
  const { success, data, error } = receiptSchema.safeParse(document);
  return success ? { draft: data, faults: [] } : { draft: salvage(document), faults: faultsOfZod(error) };
}

function withDefaults(
  input: Readonly<Record<string, unknown>>,
  defaults: ReceiptDefaults,
): Record<string, unknown> {
  const { merchantId: merchant_id, receiptMethod: receipt_method } = defaults;
  const company = isOfCountry(defaults.company, input.receipt_format) ? defaults.company : undefined;
  const filled = { ...input };
  for (const [name, value] of Object.entries({ merchant_id, company, receipt_method })) {
    if (value !== undefined && filled[name] === undefined) filled[name] = value;
  }
  return filled;
}

/** A seller registered in one country has no company for the receipts of the other. */
function isOfCountry(company: Company | undefined, format: unknown): boolean {
  const isUzbek = company !== undefined && (isTin(company.inn) || isPinfl(company.inn));
  return isUzbek === (format === 'uz_1_0');
}

function salvage(document: unknown): ReceiptDraft {
  const schema = isRecord(document) ? salvageSchemas.get(document.receipt_format) : undefined;
  // The rebuilt schema has the fields and normal forms of the receipt's own, each of them optional.
  return (schema?.parse(document) ?? {}) as ReceiptDraft;
}
