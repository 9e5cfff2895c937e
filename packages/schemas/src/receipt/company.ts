import { z } from 'zod';
import type { Country } from '../enumerations/countries.js';
import { taxSystems } from '../enumerations/receipts.js';
import { choiceField } from '../fields/choice-field.js';
import { emailField, taxIdField } from '../fields/party-fields.js';
import { documentedTextField } from '../fields/text-fields.js';
import { structural } from '../schema/issue-codes.js';

const taxIdDescriptions: Readonly<Record<Country, string>> = {
  ru: 'Tax id (INN) of the seller, FFD tag 1018; 10 or 12 digits with check digits',
  uz: 'Tax id of the seller: 9 digits (TIN) of a company, 14 (PINFL) of a person',
};

/** Builds the schema of the seller, under the tax ids of a country. */
function companySchema(country: Country) {
  return z.strictObject(
    {
      inn: taxIdField(country, 'receipt.company.inn').describe(taxIdDescriptions[country]),
      email: emailField('receipt.company.email')
        .optional()
        .describe('E-mail of the sender, FFD tag 1117; at most 64 characters'),
      tax_system: choiceField(taxSystems)
        .optional()
        .describe('Russian tax system, FFD tag 1055; see enumerations'),
      payment_address: documentedTextField(256)
        .optional()
        .describe('Place of settlement, for a web shop its address, FFD tag 1187; text of 1–256 characters'),
    },
    structural,
  );
}

export const russianCompanySchema = companySchema('ru');
export const uzbekCompanySchema = companySchema('uz');

/** Seller of a receipt, in its normal form. */
export type Company = z.output<typeof russianCompanySchema>;
