import { z } from 'zod';
import { coded } from '../rules/coded.js';
import { structural } from '../rules/structural.js';
import { commissionInfoSchema } from './commission-info.js';
import { agentTypes } from './enumerations/agent-types.js';
import type { Country } from './enumerations/country-of.js';
import { measures } from './enumerations/measures.js';
import { paymentMethods } from './enumerations/payment-methods.js';
import { paymentObjects, unmarkedPaymentObjects } from './enumerations/payment-objects.js';
import { vatCodes } from './enumerations/vat-codes.js';
import { amountField } from './fields/amount-field.js';
import { choiceField } from './fields/choice-field.js';
import { patternField } from './fields/pattern-field.js';
import { quantityField } from './fields/quantity-field.js';
import { textField } from './fields/text-field.js';
import { industryDetailsSchema } from './industry-detail.js';
import { maximumAmountMinor } from './limits.js';
import { markCodeTypeSchema } from './mark-code-type.js';
import { markQuantitySchema } from './mark-quantity.js';
import { supplierSchema } from './supplier.js';

const labelsCount = coded('receipt.position.labels.count');

/** What a position says in every format, in the order of the provider's answers. */
function positionShape(country: Country, maximumNameLength: number) {
  const amount = amountField(maximumAmountMinor[country]);
  return {
    name: textField(maximumNameLength, 'receipt.position.name.length').describe('Name of the item, tag 1030'),
    quantity: quantityField.describe('Tag 1023; 0.001–99999.999, three decimals'),
    price: amount.describe('Price of one unit with VAT, tag 1079; two decimals'),
    measure: choiceField(measures)
      .default('piece')
      .describe('Unit of the quantity, tag 2108 (tag 1197 in FFD 1.05)'),
    vat_code: choiceField(vatCodes).describe('VAT rate, tag 1199; the price includes it'),
    sum: amount.optional().describe('price × quantity, tag 1043; filled in when absent, checked when given'),
  };
}

const russianShape = {
  ...positionShape('ru', 128),
  payment_method: choiceField(paymentMethods).describe('Tag 1214'),
  agent_type: choiceField(agentTypes).optional().describe('Kind of agent, tag 1222; needs the supplier'),
  supplier: supplierSchema.optional().describe('Tag 1224'),
};

/** A position in FFD 1.05. */
export const russianPositionSchema = z.strictObject(
  { ...russianShape, payment_object: choiceField(unmarkedPaymentObjects).describe('Tag 1212') },
  structural,
);

/** A position in FFD 1.2, where goods may be marked. */
export const markedPositionSchema = z.strictObject(
  {
    ...russianShape,
    payment_object: choiceField(paymentObjects).describe('Tag 1212; 30–33 for goods under marking'),
    mark_quantity: markQuantitySchema.optional().describe('Share of a marked item, tag 1291'),
    mark_code_type: markCodeTypeSchema.optional().describe('Mark code, tag 1163'),
    payment_object_industry_details: industryDetailsSchema.optional().describe('Tag 1260'),
  },
  structural,
);

/** A position in Uzbekistan. */
export const uzbekPositionSchema = z.strictObject(
  {
    ...positionShape('uz', 63),
    payment_method: choiceField(paymentMethods).optional().describe('As in Russia; not used by the register'),
    payment_object: choiceField(unmarkedPaymentObjects)
      .optional()
      .describe('As in Russia; not used by the register'),
    ikpu_code: patternField(/^\d{17}$/, 'receipt.position.ikpu').describe(
      'Product code (IKPU, MXIK); 17 digits',
    ),
    package_code: patternField(/^\d{1,20}$/, 'receipt.position.package-code').describe(
      'Package code belonging to the product code; 1–20 digits',
    ),
    unit_code: patternField(/^\d{1,20}$/, 'field.format')
      .optional()
      .describe('Numeric unit code of older flows'),
    commission_info: commissionInfoSchema.optional().describe('Owner of commission goods'),
    labels: z
      .array(textField(256), structural)
      .max(300, labelsCount)
      .optional()
      .describe('Marking labels; ≤300'),
    owner_type: z
      .literal([0, 1, 2], structural)
      .optional()
      .describe('0 bought and sold, 1 own production, 2 service'),
  },
  structural,
);
