import type { z } from 'zod';
import { russianCompanySchema, uzbekCompanySchema } from '../receipt/company.js';
import { russianCustomerSchema, uzbekCustomerSchema } from '../receipt/customer.js';
import { markCodeTypeSchema } from '../receipt/mark-code-type.js';
import { operatingDetailSchema } from '../receipt/operating-detail.js';
import { markedPositionSchema, russianPositionSchema, uzbekPositionSchema } from '../receipt/position.js';
import { receiptObjectFormats } from '../receipt/receipt-object-schema.js';
import { markedReceiptSchema, russianReceiptSchema, uzbekReceiptSchema } from '../receipt/receipt-schema.js';
import { supplierSchema } from '../receipt/supplier.js';
import { userPropsSchema } from '../receipt/user-props.js';
import { printedFaultSchema } from '../rules/fault-schema.js';
import { printedSchema } from '../structure/printed-schema.js';
import { entrySchema } from './entry-schema.js';

const requestParts: Readonly<Record<string, z.ZodType>> = {
  'receipt-ru-1-05': russianReceiptSchema,
  'receipt-ru-1-2': markedReceiptSchema,
  'receipt-uz-1-0': uzbekReceiptSchema,
  'position-ru-1-05': russianPositionSchema,
  'position-ru-1-2': markedPositionSchema,
  'position-uz-1-0': uzbekPositionSchema,
  'company-ru': russianCompanySchema,
  'company-uz': uzbekCompanySchema,
  'customer-ru': russianCustomerSchema,
  'customer-uz': uzbekCustomerSchema,
  supplier: supplierSchema,
  'mark-code': markCodeTypeSchema,
  'operating-detail': operatingDetailSchema,
  'user-props': userPropsSchema,
};

const printedParts = Object.entries(requestParts).map(([name, schema]) => [
  `printed-${name}`,
  printedSchema(schema),
]);

/** Parts of documents that stand under names of their own in published schemas, so that generated types have them too. */
export const namedParts: Readonly<Record<string, z.ZodType>> = {
  ...requestParts,
  ...Object.fromEntries(printedParts),
  ...receiptObjectFormats,
  entry: entrySchema,
  'printed-fault': printedFaultSchema,
};
