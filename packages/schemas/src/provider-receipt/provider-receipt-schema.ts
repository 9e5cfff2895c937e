import { z } from 'zod';
import { structural } from '../schema/issue-codes.js';
import {
  lenientAmount,
  lenientIdentifier,
  lenientLink,
  lenientQuantity,
  lenientText,
} from './lenient-fields.js';
import { providerError } from './provider-error.js';
import { providerStatus } from './provider-status.js';

const position = z.object({
  name: lenientText,
  quantity: lenientQuantity,
  price: lenientAmount,
  measure: lenientText,
  vat_code: lenientText,
  payment_method: lenientText,
  payment_object: lenientText,
  sum: lenientAmount,
});

const settlement = z.object({ type: lenientText, sum: lenientAmount });

const company = z.object({
  inn: lenientIdentifier,
  email: lenientText,
  tax_system: lenientText,
  payment_address: lenientText,
});

/**
 * A receipt object as a provider sends it, read leniently and normalised: ids and fiscal numbers are texts or `null`, times are
 * kept as text, blanks in the link are gone, unknown fields are dropped. Only an id and a status that we know are demanded.
 */
export const providerReceiptSchema = z.object(
  {
    merchant_id: lenientIdentifier,
    receipt_id: z
      .union([z.string(), z.number()], structural)
      .transform(String)
      .pipe(z.string().trim().min(1)),
    operation_type: lenientText,
    receipt_format: lenientText,
    status: providerStatus,
    fiscal_document_number: lenientIdentifier,
    fiscal_storage_number: lenientIdentifier,
    fiscal_attribute: lenientIdentifier,
    registered_at: lenientText,
    created_at: lenientText,
    fiscal_provider_id: lenientIdentifier,
    positions: z.array(position).default([]).catch([]),
    total: lenientAmount,
    settlements: z.array(settlement).default([]).catch([]),
    company: company.nullable().default(null).catch(null),
    receipt_method: lenientText,
    error: providerError,
    link: lenientLink,
    payment_id: lenientIdentifier,
  },
  structural,
);

/** A provider's receipt object, normalised. */
export type ProviderReceipt = z.output<typeof providerReceiptSchema>;
