import { z } from 'zod';
import {
  correctionOperationTypes,
  correctionTypes,
  plainCorrectionOperationTypes,
} from '../enumerations/receipts.js';
import { type VatCode, vatCodes } from '../enumerations/vat-codes.js';
import { choiceField } from '../fields/choice-field.js';
import { amountField } from '../fields/decimal-fields.js';
import { documentedTextField, identifierField } from '../fields/text-fields.js';
import { russianCompanySchema } from '../receipt/company.js';
import { russianCustomerSchema } from '../receipt/customer.js';
import { markedReceiptSchema } from '../receipt/receipt-schema.js';
import { settlementsSchema } from '../receipt/settlement.js';
import { readingAbsent } from '../schema/absent-members.js';
import { coded, structural } from '../schema/issue-codes.js';
import { vatRates } from '../vat/vat-rates.js';

const longestBaseNumber = 32;

/** Ground of a correction, under the names of ATOL and KOMTET. */
export const correctionInfoSchema = z.strictObject(
  {
    type: choiceField(correctionTypes).describe(
      'Ground of the correction, FFD tag 1173: self for an own one, instruction for an order of the tax office',
    ),
    base_date: z.iso
      .date({ error: ({ input }) => (input === undefined ? 'field.missing' : 'field.date') })
      .describe(
        'Day of what is corrected, FFD tag 1178: in FFD 1.05 of the document that says so; YYYY-MM-DD, no later than today',
      ),
    base_number: documentedTextField(longestBaseNumber)
      .optional()
      .describe(
        `Number of the order, FFD tag 1179; text of 1–${longestBaseNumber} characters, required for instruction and for nothing else`,
      ),
  },
  structural,
);

/** VAT codes of Russia, with their value of tag 1199. */
const russianVatCodes = Object.fromEntries(
  vatRates.filter(({ country }) => country === 'ru').map(({ code }) => [code, vatCodes[code]]),
) as Readonly<Record<Exclude<VatCode, 'vat_6' | 'vat_12' | 'vat_112'>, number>>;

/** Turnover and VAT of one rate in a correction without positions. */
export const vatTotalSchema = z.strictObject(
  {
    vat_code: choiceField(russianVatCodes).describe('VAT rate, which has a sum of its own; see enumerations'),
    turnover: amountField.ru.describe(
      'Sum that was settled at this rate, VAT included, in roubles; at most two decimals',
    ),
    vat: amountField.ru
      .optional()
      .describe('VAT in it, in roubles; filled in when absent, checked when given; at most two decimals'),
  },
  structural,
);

const mostVatTotals = Object.keys(russianVatCodes).length;
const vatTotalsCount = coded('correction.vat-totals.count');

/** Seller of a correction in FFD 1.05, which has no place for the e-mail of the sender. */
export const plainCorrectionCompanySchema = russianCompanySchema.omit({ email: true });

/** Buyer of a correction in FFD 1.05, which has no place for a name and a tax id. */
export const plainCorrectionCustomerSchema = russianCustomerSchema.omit({ full_name: true, inn: true });

const commonShape = {
  merchant_id: identifierField(64).describe('Id of the merchant; 1–64 characters'),
  payment_id: identifierField(128)
    .optional()
    .describe(
      'Id of the payment that is corrected; 1–128 characters. Absent where the correction is of several, or of none that has an id',
    ),
  settlements: settlementsSchema('ru').describe('How it was paid; 1–10 parts that add up to the total'),
  correction_info: correctionInfoSchema.describe('What the correction is based on'),
};

/** Correction in FFD 1.05: sums by settlement and by VAT rate, without positions. */
export const plainCorrectionSchema = z.strictObject(
  {
    receipt_format: z.literal('ru_1_05').describe('Russian correction, FFD 1.05'),
    ...commonShape,
    operation_type: choiceField(plainCorrectionOperationTypes).describe(
      'What is corrected, FFD tag 1054; see enumerations',
    ),
    vat_totals: z
      .array(vatTotalSchema, structural)
      .min(1, vatTotalsCount)
      .max(mostVatTotals, vatTotalsCount)
      .describe(`What was settled, by VAT rate; 1–${mostVatTotals} rates, each once`),
    total: amountField.ru
      .optional()
      .describe('Sum of the turnovers in roubles, FFD tag 1020; filled in when absent, checked when given'),
    customer: plainCorrectionCustomerSchema.optional().describe('The buyer, where there is one'),
    company: plainCorrectionCompanySchema.optional().describe("The seller; the merchant's own when absent"),
  },
  structural,
);

const { receipt_method: _method, ...receiptShape } = markedReceiptSchema.shape;

/** Correction in FFD 1.2: all of a receipt, and its ground. */
export const markedCorrectionSchema = z.strictObject(
  {
    ...receiptShape,
    receipt_format: z.literal('ru_1_2').describe('Russian correction, FFD 1.2'),
    ...commonShape,
    operation_type: choiceField(correctionOperationTypes).describe(
      'What is corrected, FFD tag 1054; see enumerations',
    ),
    customer: russianCustomerSchema.optional().describe('The buyer, where there is one'),
  },
  structural,
);

/** Names the country without corrections as the fault, which is no typing error. */
function codeOfFormat(issue: Parameters<typeof structural.error>[0]) {
  return Object(issue.input).receipt_format === 'uz_1_0' ? 'correction.country' : structural.error(issue);
}

/** Correction in its two formats, without members that stand for nothing. */
export const fullCorrectionSchema = z.discriminatedUnion(
  'receipt_format',
  [plainCorrectionSchema, markedCorrectionSchema],
  { error: codeOfFormat },
);

/**
 * Correction as a caller sends it, in its two formats. Unknown fields are refused; optional members may be
 * `null` or `""` as well. `checkCorrection` has the rules that tie fields together.
 */
export const correctionSchema = readingAbsent(fullCorrectionSchema);

/** Correction as a caller writes it. */
export type CorrectionInput = z.input<typeof correctionSchema>;

/** Correction in its normal form, before sums and total are filled in. */
export type NormalisedCorrection = z.output<typeof correctionSchema>;
