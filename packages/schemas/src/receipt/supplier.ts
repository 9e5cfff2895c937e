import { z } from 'zod';
import { structural } from '../rules/structural.js';
import { phoneField } from './fields/phone-field.js';
import { partnerTaxIdField } from './fields/tax-id-field.js';
import { textField } from './fields/text-field.js';

/** The supplier of a position that is sold by an agent, tags 1224 and 1226. */
export const supplierSchema = z.strictObject(
  {
    name: textField(256).optional().describe('Tag 1225; ≤256'),
    phone: phoneField('receipt.position.supplier.phone').optional().describe('Tag 1171; digits, + allowed'),
    inn: partnerTaxIdField('ru', 'receipt.position.supplier.inn')
      .optional()
      .describe('Tag 1226; twelve zeros for a supplier without a Russian tax id'),
  },
  structural,
);
