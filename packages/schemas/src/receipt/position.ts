import { z } from 'zod';
import { type Country, currencyUnits } from '../enumerations/countries.js';
import { agentTypes, measures, paymentMethods, unmarkedPaymentObjects } from '../enumerations/positions.js';
import { vatCodes } from '../enumerations/vat-codes.js';
import { choiceField, paymentObjectField } from '../fields/choice-field.js';
import { amountField, quantityField } from '../fields/decimal-fields.js';
import { labelField } from '../fields/mark-fields.js';
import { documentedTextField, patternField } from '../fields/text-fields.js';
import { coded, structural } from '../schema/issue-codes.js';
import { commissionInfoSchema } from './commission-info.js';
import { industryDetailsSchema } from './industry-detail.js';
import { markCodeTypeSchema } from './mark-code-type.js';
import { markQuantitySchema } from './mark-quantity.js';
import { supplierSchema } from './supplier.js';

const labelsCount = coded('receipt.position.labels.count');

/** Returns the fields of a position in every format, in the order of the provider's answers. */
function positionShape(country: Country, maximumNameLength: number) {
  const amount = amountField[country];
  const unit = currencyUnits[country];
  return {
    name: documentedTextField(maximumNameLength, 'receipt.position.name.length').describe(
      `Name of the item, FFD tag 1030; text of 1–${maximumNameLength} characters`,
    ),
    quantity: quantityField.describe(
      'How much is sold, FFD tag 1023; 0.001–99999.999, at most three decimals',
    ),
    price: amount.describe(
      `Price of one unit in ${unit} with discounts and VAT, FFD tag 1079; at most two decimals`,
    ),
    measure: choiceField(measures)
      .default('piece')
      .describe('Unit of the quantity, FFD tag 2108 (tag 1197 in FFD 1.05); see enumerations'),
    vat_code: choiceField(vatCodes).describe(
      'VAT rate, FFD tag 1199; the price includes the tax; see enumerations',
    ),
    sum: amount
      .optional()
      .describe(
        `price × quantity in ${unit}, halves rounded away from zero, FFD tag 1043; filled in when absent, checked when given`,
      ),
  };
}

const russianShape = {
  ...positionShape('ru', 128),
  payment_method: choiceField(paymentMethods).describe(
    'How the item is paid for, FFD tag 1214; see enumerations',
  ),
  agent_type: choiceField(agentTypes)
    .optional()
    .describe(
      'Kind of agent that the seller is, FFD tag 1222; needs the supplier with its INN; see enumerations',
    ),
  supplier: supplierSchema.optional().describe('For whom an agent sells, FFD tag 1224; needs agent_type'),
};

/** Position in FFD 1.05. */
export const russianPositionSchema = z.strictObject(
  {
    ...russianShape,
    payment_object: choiceField(unmarkedPaymentObjects).describe(
      'What is sold, FFD tag 1212; see enumerations',
    ),
  },
  structural,
);

/** Position in FFD 1.2, where goods may be marked. */
export const markedPositionSchema = z.strictObject(
  {
    ...russianShape,
    payment_object: paymentObjectField.describe(
      'What is sold, FFD tag 1212, 30–33 for goods under marking; see enumerations',
    ),
    mark_quantity: markQuantitySchema
      .optional()
      .describe('Share of a marked item that is sold, FFD tag 1291; only with measure piece and quantity 1'),
    mark_code_type: markCodeTypeSchema
      .optional()
      .describe('Mark code of the item, FFD tag 1163; under exactly one name'),
    payment_object_industry_details: industryDetailsSchema
      .optional()
      .describe('Industry details of the item, FFD tag 1260; at most 100'),
  },
  structural,
);

/** Position in Uzbekistan. */
export const uzbekPositionSchema = z.strictObject(
  {
    ...positionShape('uz', 63),
    payment_method: choiceField(paymentMethods)
      .optional()
      .describe('As in Russia; the Uzbek register does not use it'),
    payment_object: choiceField(unmarkedPaymentObjects)
      .optional()
      .describe('As in Russia; the Uzbek register does not use it'),
    ikpu_code: patternField(/^\d{17}$/, 'receipt.position.ikpu').describe(
      'Product code of the Uzbek catalogue (IKPU, MXIK); 17 digits',
    ),
    package_code: patternField(/^\d{1,20}$/, 'receipt.position.package-code').describe(
      'Package code belonging to the product code; 1–20 digits',
    ),
    unit_code: patternField(/^\d{1,20}$/, 'field.format', '1–20 digits')
      .optional()
      .describe('Unit code of the Uzbek catalogue, in older flows; 1–20 digits'),
    commission_info: commissionInfoSchema.optional().describe('Owner of goods that are sold on commission'),
    labels: z
      .array(labelField, structural)
      .max(300, labelsCount)
      .optional()
      .describe('Marking labels; at most 300 texts of 1–256 characters'),
    owner_type: z
      .literal([0, 1, 2], structural)
      .optional()
      .describe('Where the item comes from: 0 bought and sold, 1 own production, 2 service'),
  },
  structural,
);
