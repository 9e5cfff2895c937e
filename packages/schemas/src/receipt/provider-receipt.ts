import { z } from 'zod';
import { receiptStatuses } from '../enumerations/receipts.js';
import { amountToNumber } from '../money/amount.js';
import { readDecimal } from '../money/decimal.js';
import { compileAfterWarmUp } from '../schema/compile-after-warm-up.js';
import { structural } from '../schema/issue-codes.js';

const scalar = z.union([z.string(), z.number()]);

const blankAsNull = (text: string) => text.trim() || null;

/** Text; `null` if empty, absent or of another type. */
const lenientText = z.string().transform(blankAsNull).nullable().default(null).catch(null);

/** Id or fiscal number, as text or number, or `""` while there is none. */
const lenientIdentifier = scalar
  .transform((value) => blankAsNull(String(value)))
  .nullable()
  .default(null)
  .catch(null);

/**
 * Rewrites a decimal text as ours are written: `1 234,50` is `1234.50`. A comma with more digits behind it
 * than there are decimals may separate thousands, and stays.
 */
function plainDecimal(value: string | number, places: number): string | number {
  if (typeof value === 'number') return value;
  const joined = value.trim().replaceAll(/(?<=\d)\s(?=\d{3}(?:\D|$))/g, '');
  const [, whole, fraction] = /^(\d+),(\d+)$/.exec(joined) ?? [];
  return fraction === undefined || fraction.length > places ? joined : `${whole}.${fraction}`;
}

/** Amount, as number or decimal text; `null` if unreadable. */
const lenientAmount = scalar
  .transform((value) => {
    const minor = readDecimal(plainDecimal(value, 2), 2);
    return typeof minor === 'number' ? amountToNumber(minor) : null;
  })
  .nullable()
  .default(null)
  .catch(null);

/** Quantity, as number or decimal text; `null` if unreadable. */
const lenientQuantity = scalar
  .transform((value) => {
    const plain = plainDecimal(value, 3);
    return plain === '' ? null : Number(plain);
  })
  .pipe(z.number().nullable())
  .nullable()
  .default(null)
  .catch(null);

/** Address; blanks left in it by a page are removed. */
const lenientLink = lenientText.transform((text) => text?.replaceAll(/\s/g, '') ?? null);

const errorObject = z.object({ code: lenientIdentifier, message: lenientText });

const errorText = z.string().transform((message) => (message.trim() === '' ? null : { code: null, message }));

/**
 * Reason why the provider did not register. Its page documents only `null`: an object and a plain text are
 * both read.
 */
const providerError = z.union([errorObject, errorText]).nullable().default(null).catch(null);

/** Words for failure: the provider's page has none, these are those of its other products and its peers. */
const failures: readonly string[] = ['failed', 'fail', 'error', 'canceled', 'cancelled'];

/** Progress of a receipt at the provider. An unknown word is refused, not guessed. */
const providerStatus = z
  .string(structural)
  .transform((word) => word.trim().toLowerCase())
  .transform((word) => (failures.includes(word) ? 'rejected' : word))
  .pipe(z.enum(receiptStatuses, structural));

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
 * Receipt object as a provider sends it, read leniently and normalised: ids and fiscal numbers are texts or
 * `null`, times are kept as text, blanks in the link are gone, unknown fields are dropped. Only an id and a
 * known status are required.
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

/** Receipt object of a provider, in its normal form. */
export type ProviderReceipt = z.output<typeof providerReceiptSchema>;

const read = compileAfterWarmUp(providerReceiptSchema);

/** Reads a provider's receipt object like `providerReceiptSchema`; `null` for anything else. */
export function readProviderReceipt(input: unknown): ProviderReceipt | null {
  return read(input).data ?? null;
}
