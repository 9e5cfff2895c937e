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

/** Values that a merchant's receipts get unless the document has its own. */
export interface ReceiptDefaults {
  readonly merchantId?: string | undefined;
  readonly company?: Company | undefined;
  readonly receiptMethod?: ReceiptMethod | undefined;
}

/** Result of normalising. */
export interface NormalisedDocument {
  /** Complete if there are no faults. */
  readonly draft: ReceiptDraft;
  /** Faults of single fields. */
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
 * Brings a document into its normal form: leaves out members without a value, fills in defaults, trims texts,
 * turns ids into texts and amounts into numbers, and reports the faults of single fields. A document of
 * unknown format gives an empty draft.
 */
export function normaliseReceipt(input: unknown, defaults: ReceiptDefaults = {}): NormalisedDocument {
  const present = removeAbsent(input);
  const document = isRecord(present) ? withDefaults(present, defaults) : present;
  const reader = isRecord(document) ? readerByFormat.get(document.receipt_format) : undefined;
  const { success, data, error } = reader?.read(document) ?? fullReceiptSchema.safeParse(document);
  if (success) return { draft: data, faults: [] };
  return { draft: reader?.parseLeniently(document) ?? {}, faults: faultsOfZod(error) };
}

/** Fills in the values that a document leaves out. */
export function withDefaults(
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
 * Fills in the configured members of a seller that the document leaves out. A document with another seller
 * than the configured one is left alone: its tax system and address are not ours to fill in.
 */
function withCompany(company: unknown, configured: Company): unknown {
  if (company === undefined) return configured;
  if (!isRecord(company)) return company;
  const { inn, ...members } = company;
  if (isAbsentMember(inn)) return { ...configured, ...members };
  const isSame = typeof inn === 'string' && inn.trim() === configured.inn;
  return isSame ? { ...configured, ...company } : company;
}

/**
 * Checks that a seller belongs to the country of a format: registered in one, it has no company for receipts
 * of the other.
 */
function isOfCountry(company: Company | undefined, format: unknown): company is Company {
  if (company === undefined) return false;
  return (isTin(company.inn) || isPinfl(company.inn)) === (format === 'uz_1_0');
}

/** Reader of the documents of one format. */
export interface DocumentReader<Normalised, Draft> {
  /** Brings a document into its normal form, or returns the issues of single fields. */
  readonly read: (document: unknown) => z.ZodSafeParseResult<Normalised>;
  /** Brings the readable fields of a document into their normal form. */
  readonly parseLeniently: (document: unknown) => Draft;
}

type ReceiptReader = DocumentReader<NormalisedReceipt, ReceiptDraft>;

/** Builds the reader of a receipt's format. */
export function receiptReader(schema: z.ZodType<NormalisedReceipt>): ReceiptReader {
  return documentReader(schema);
}

/** Builds the reader of a format. The lenient schema is built for the first broken document. */
export function documentReader<Normalised, Draft>(
  schema: z.ZodType<Normalised>,
): DocumentReader<Normalised, Draft> {
  let lenient: z.ZodType | undefined;
  return {
    read: compileAfterWarmUp(schema),
    parseLeniently(document) {
      lenient ??= lenientSchema(schema);
      // The rebuilt schema has the fields and normal forms of the document's own, each of them optional.
      return lenient.parse(document) as Draft;
    },
  };
}

/**
 * Rebuilds a schema so that it never fails: unreadable fields come out as `undefined`, all others in their
 * normal form. So one wrong field does not keep the rules from the others.
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
