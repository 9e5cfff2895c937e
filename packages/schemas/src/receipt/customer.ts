import { z } from 'zod';
import type { Country } from '../enumerations/countries.js';
import { emailField, partnerTaxIdField, phoneField } from '../fields/party-fields.js';
import { documentedTextField } from '../fields/text-fields.js';
import { structural } from '../schema/issue-codes.js';

const taxIdDescriptions: Readonly<Record<Country, string>> = {
  ru: 'Tax id (INN) of the buyer, FFD tag 1228; 10 or 12 digits with check digits, twelve zeros for a buyer without one',
  uz: 'Tax id of the buyer: 9 digits (TIN) of a company, 14 (PINFL) of a person',
};

/** Builds the schema of the buyer, under the tax ids of a country. */
function customerSchema(country: Country) {
  return z.strictObject(
    {
      email: emailField('receipt.customer.email')
        .optional()
        .describe('E-mail of the buyer, FFD tag 1008; at most 64 characters'),
      phone: phoneField('receipt.customer.phone')
        .optional()
        .describe('Phone of the buyer, FFD tag 1008; 5–19 characters: digits, optionally after a plus sign'),
      full_name: documentedTextField(256)
        .optional()
        .describe('Name of the buyer, FFD tag 1227; text of 1–256 characters'),
      inn: partnerTaxIdField(country, 'receipt.customer.inn').optional().describe(taxIdDescriptions[country]),
    },
    structural,
  );
}

export const russianCustomerSchema = customerSchema('ru');
export const uzbekCustomerSchema = customerSchema('uz');
