import { z } from 'zod';
import { structural } from '../rules/structural.js';
import type { Country } from './enumerations/country-of.js';
import { taxSystems } from './enumerations/tax-systems.js';
import { choiceField } from './fields/choice-field.js';
import { emailField } from './fields/email-field.js';
import { taxIdField } from './fields/tax-id-field.js';
import { textField } from './fields/text-field.js';

/** The seller, under the tax ids of a country. */
function companySchema(country: Country) {
  return z.strictObject(
    {
      inn: taxIdField(country, 'receipt.company.inn').describe('Tax id of the seller, tag 1018'),
      email: emailField('receipt.company.email').optional().describe('E-mail of the sender, tag 1117; ≤64'),
      tax_system: choiceField(taxSystems).optional().describe('Russian tax system, tag 1055'),
      payment_address: textField(256)
        .optional()
        .describe('Place of settlement, for a web shop its address, tag 1187; ≤256'),
    },
    structural,
  );
}

export const russianCompanySchema = companySchema('ru');
export const uzbekCompanySchema = companySchema('uz');

/** The seller of a receipt, normalised. */
export type Company = z.output<typeof russianCompanySchema>;
