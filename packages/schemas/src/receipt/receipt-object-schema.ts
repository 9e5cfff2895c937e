import { z } from 'zod';
import { receiptStatuses } from '../enumerations/receipts.js';
import { answerSchema } from '../schema/answer-schema.js';
import { wireTimePattern } from '../time/wire-time.js';
import { originRelations, type ReceiptOrigin } from './receipt-object.js';
import { markedReceiptSchema, russianReceiptSchema, uzbekReceiptSchema } from './receipt-schema.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const receiptErrorSchema = z.object({
  code: z.string().describe('Permanent dotted code'),
  message: z.string().describe('Why the receipt was not registered, in English'),
  provider_code: z.string().optional().describe("The provider's own code; absent where it gave none"),
  provider_message: z
    .string()
    .optional()
    .describe(
      "The provider's own words, at most 300 characters; addresses and long runs of digits are masked",
    ),
});

/** Receipt that another one follows from. */
export const receiptOriginSchema = z.object({
  receipt_id: z.string().regex(uuid).describe('Id of the receipt; UUID in lower case'),
  relation: z
    .enum(originRelations)
    .describe('What this one is to it: its refund, or the closing receipt of the prepayment'),
}) satisfies z.ZodType<ReceiptOrigin>;

/** Fields of an object that say how far a receipt or correction has come. */
export const circumstances = {
  receipt_id: z.string().regex(uuid).describe('Id of the receipt; UUID in lower case'),
  status: z.enum(receiptStatuses).describe('How far the receipt has come; see enumerations'),
  fiscal_document_number: z
    .string()
    .describe('FFD tag 1040, in Uzbekistan the receipt number; decimal digits, empty until registered'),
  fiscal_storage_number: z
    .string()
    .nullable()
    .describe(
      'FFD tag 1041, 16 digits; in Uzbekistan the terminal, two letters and 12 digits; null until registered',
    ),
  fiscal_attribute: z
    .string()
    .describe(
      'FFD tag 1077, in Uzbekistan the fiscal sign; decimal digits, leading zeros kept, empty until registered',
    ),
  registered_at: z
    .string()
    .regex(wireTimePattern)
    .nullable()
    .describe(
      "When it was registered, on the register's clock (UTC+3, in Uzbekistan UTC+5); DD.MM.YYYY hh:mm:ss",
    ),
  created_at: z
    .string()
    .regex(wireTimePattern)
    .describe('When it was accepted, in the zone of utc or of the merchant; DD.MM.YYYY hh:mm:ss'),
  fiscal_provider_id: z
    .string()
    .nullable()
    .describe('Id of the document at the provider; null until it has one'),
  error: receiptErrorSchema.nullable().describe('Why it was rejected; null unless it was'),
  link: z
    .string()
    .nullable()
    .describe('Address of the receipt at the tax service or its operator; null until registered'),
  superseded_by: z
    .string()
    .regex(uuid)
    .optional()
    .describe('Id of the receipt that this rejected one was handed in again as; absent where it was not'),
  origin: receiptOriginSchema
    .optional()
    .describe('The receipt that this one refunds or closes; absent where it stands alone'),
};

/** Builds the receipt object of a format. The buyer is not echoed. */
function receiptObjectFormat({ shape: { customer: _, ...shape } }: z.ZodObject): z.ZodObject {
  return answerSchema(z.object({ ...shape, ...circumstances })) as z.ZodObject;
}

/** Receipt objects by name, one for each format. */
export const receiptObjectFormats = {
  'receipt-object-ru-1-05': receiptObjectFormat(russianReceiptSchema),
  'receipt-object-ru-1-2': receiptObjectFormat(markedReceiptSchema),
  'receipt-object-uz-1-0': receiptObjectFormat(uzbekReceiptSchema),
} as const;

/** Receipt object of any format, as `receiptObject` returns it. */
export const receiptObjectSchema = z.discriminatedUnion('receipt_format', [
  receiptObjectFormats['receipt-object-ru-1-05'],
  receiptObjectFormats['receipt-object-ru-1-2'],
  receiptObjectFormats['receipt-object-uz-1-0'],
]);
