import { z } from 'zod';
import { type Country, currencyUnits } from '../enumerations/countries.js';
import { operationTypes, receiptMethods } from '../enumerations/receipts.js';
import { choiceField } from '../fields/choice-field.js';
import { amountField } from '../fields/decimal-fields.js';
import { identifierField } from '../fields/text-fields.js';
import { readingAbsent } from '../schema/absent-members.js';
import { coded, structural } from '../schema/issue-codes.js';
import { russianCompanySchema, uzbekCompanySchema } from './company.js';
import { russianCustomerSchema, uzbekCustomerSchema } from './customer.js';
import { industryDetailsSchema } from './industry-detail.js';
import { operatingDetailSchema } from './operating-detail.js';
import { markedPositionSchema, russianPositionSchema, uzbekPositionSchema } from './position.js';
import { settlementsSchema } from './settlement.js';
import { userPropsSchema } from './user-props.js';

/** Most positions of a receipt. */
export const mostPositions = 100;

const positionsCount = coded('receipt.positions.count');

function positionsSchema<Position extends z.ZodType>(position: Position) {
  return z
    .array(position, structural)
    .min(1, positionsCount)
    .max(mostPositions, positionsCount)
    .describe(`What is paid for; 1–${mostPositions} positions`);
}

/** Returns the fields of a receipt in every format. */
function receiptShape(country: Country) {
  return {
    merchant_id: identifierField(64).describe('Id of the merchant; 1–64 characters'),
    payment_id: identifierField(128).describe('Id of the payment; 1–128 characters'),
    operation_type: choiceField(operationTypes).describe(
      'What the receipt records, FFD tag 1054; see enumerations',
    ),
    settlements: settlementsSchema(country).describe('How it was paid; 1–10 parts that add up to the total'),
    total: amountField[country]
      .optional()
      .describe(
        `Sum of the positions in ${currencyUnits[country]}, FFD tag 1020; filled in when absent, checked when given`,
      ),
    receipt_method: z
      .enum(receiptMethods, structural)
      .default('separately')
      .describe('Whether the receipt is formed apart from the payment or with it'),
    additional_user_props: userPropsSchema.optional().describe("The user's own detail, FFD tag 1084"),
  };
}

const russianShape = {
  ...receiptShape('ru'),
  customer: russianCustomerSchema.optional().describe('The buyer; e-mail or phone is required'),
  company: russianCompanySchema.optional().describe("The seller; the merchant's own when absent"),
};

/** Receipt in FFD 1.05. */
export const russianReceiptSchema = z.strictObject(
  {
    receipt_format: z.literal('ru_1_05').describe('Russian receipt, FFD 1.05'),
    ...russianShape,
    positions: positionsSchema(russianPositionSchema),
  },
  structural,
);

/** Receipt in FFD 1.2: marked goods, industry and operating details. */
export const markedReceiptSchema = z.strictObject(
  {
    receipt_format: z.literal('ru_1_2').describe('Russian receipt, FFD 1.2'),
    ...russianShape,
    positions: positionsSchema(markedPositionSchema),
    receipt_industry_details: industryDetailsSchema
      .optional()
      .describe('Industry details of the receipt, FFD tag 1261; at most 100'),
    receipt_operating_details: operatingDetailSchema
      .optional()
      .describe('Operating detail of the receipt, FFD tag 1270'),
  },
  structural,
);

/** Receipt in Uzbekistan. */
export const uzbekReceiptSchema = z.strictObject(
  {
    receipt_format: z.literal('uz_1_0').describe('Uzbek receipt'),
    ...receiptShape('uz'),
    customer: uzbekCustomerSchema.optional().describe('The buyer'),
    company: uzbekCompanySchema.optional().describe("The seller; the merchant's own when absent"),
    positions: positionsSchema(uzbekPositionSchema),
  },
  structural,
);

/** Receipt in its three formats, without members that stand for nothing. */
export const fullReceiptSchema = z.discriminatedUnion(
  'receipt_format',
  [russianReceiptSchema, markedReceiptSchema, uzbekReceiptSchema],
  structural,
);

/**
 * Receipt as a caller sends it, in its three formats. Unknown fields are refused; optional members may be
 * `null` or `""` as well. Amounts and ids may be numbers or texts and come out as numbers and texts.
 * `validateReceipt` has the rules that tie fields together.
 */
export const receiptSchema = readingAbsent(fullReceiptSchema);

/** Receipt as a caller writes it. */
export type ReceiptInput = z.input<typeof receiptSchema>;

/** Receipt in its normal form, before sums and total are filled in. */
export type NormalisedReceipt = z.output<typeof receiptSchema>;
