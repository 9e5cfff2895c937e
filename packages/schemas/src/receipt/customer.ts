import { z } from 'zod';
import { structural } from '../rules/structural.js';
import type { Country } from './enumerations/country-of.js';
import { emailField } from './fields/email-field.js';
import { phoneField } from './fields/phone-field.js';
import { partnerTaxIdField } from './fields/tax-id-field.js';
import { textField } from './fields/text-field.js';

/** The buyer, under the tax ids of a country. */
function customerSchema(country: Country) {
  return z.strictObject(
    {
      email: emailField('receipt.customer.email').optional().describe('E-mail of the buyer, tag 1008; ≤64'),
      phone: phoneField('receipt.customer.phone')
        .optional()
        .describe('Phone of the buyer, tag 1008; digits, + allowed'),
      full_name: textField(256).optional().describe('Name of the buyer, tag 1227; ≤256'),
      inn: partnerTaxIdField(country, 'receipt.customer.inn')
        .optional()
        .describe('Tax id of the buyer, tag 1228'),
    },
    structural,
  );
}

export const russianCustomerSchema = customerSchema('ru');
export const uzbekCustomerSchema = customerSchema('uz');
