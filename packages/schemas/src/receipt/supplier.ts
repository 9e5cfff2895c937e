import { z } from 'zod';
import { partnerTaxIdField, phoneField } from '../fields/party-fields.js';
import { documentedTextField } from '../fields/text-fields.js';
import { structural } from '../schema/issue-codes.js';

/** Supplier of a position that is sold by an agent, tags 1224 and 1226. */
export const supplierSchema = z.strictObject(
  {
    name: documentedTextField(256)
      .optional()
      .describe('Name of the supplier, FFD tag 1225; text of 1–256 characters'),
    phone: phoneField('receipt.position.supplier.phone')
      .optional()
      .describe('Phone of the supplier, FFD tag 1171; 5–19 characters: digits, optionally after a plus sign'),
    inn: partnerTaxIdField('ru', 'receipt.position.supplier.inn')
      .optional()
      .describe(
        'Tax id (INN) of the supplier, FFD tag 1226; 10 or 12 digits with check digits, twelve zeros for a supplier without one',
      ),
  },
  structural,
);
