import { z } from 'zod';
import type { ReceiptFormat } from '../enumerations/countries.js';
import type { ReceiptMethod } from '../enumerations/receipts.js';
import type { Fault } from '../errors/fault.js';
import { isRecord } from '../json/plain-object.js';
import type { Company } from '../receipt/company.js';
import type { ReceiptDraft } from '../receipt/receipt.js';
import {
  fullReceiptSchema,
  markedReceiptSchema,
  type NormalisedReceipt,
  russianReceiptSchema,
  uzbekReceiptSchema,
} from '../receipt/receipt-schema.js';
import { absentRemover, isAbsentMember } from '../schema/absent-members.js';
import { compileAfterWarmUp } from '../schema/compile-after-warm-up.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { isPinfl, isTin } from '../tax-ids.js';

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
  return { draft: reader?.parseLeniently(document) ?? {}, faults: faultsOfZod(error) };
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

/** Reads the documents of one format. */
export interface ReceiptReader {
  /** Brings a document into its normal form, or names what is wrong with single fields. */
  readonly read: (document: unknown) => z.ZodSafeParseResult<NormalisedReceipt>;
  /** Brings into its normal form whatever can be read. */
  readonly parseLeniently: (document: unknown) => ReceiptDraft;
}

/** Reads with the schema of a format. What only broken documents need is made when the first of them comes. */
export function receiptReader(schema: z.ZodType<NormalisedReceipt>): ReceiptReader {
  let lenient: z.ZodType | undefined;
  return {
    read: compileAfterWarmUp(schema),
    parseLeniently(document) {
      lenient ??= lenientSchema(schema);
      // The rebuilt schema has the fields and normal forms of the receipt's own, each of them optional.
      return lenient.parse(document) as ReceiptDraft;
    },
  };
}

/**
 * Rebuilds a schema so that it never fails: each field that can not be read comes out as `undefined`, everything else in its
 * normal form. So one wrong field does not keep the rules from looking at all others.
 */
function lenientSchema(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return lenientSchema(schema.unwrap());
  if (schema instanceof z.ZodArray) return forgiving(z.array(lenientSchema(schema.element)));
  if (schema instanceof z.ZodObject) return forgiving(z.object(lenientShape(schema.shape)));
  return forgiving(schema);
}

function lenientShape(shape: z.core.$ZodShape): z.core.$ZodShape {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, lenientSchema(field)]));
}

function forgiving(schema: z.core.$ZodType): z.ZodType {
  return z.optional(schema).catch(undefined);
}
