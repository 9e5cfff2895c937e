import { z } from 'zod';
import type { Fault } from '../errors/fault.js';
import { textField } from '../fields/text-fields.js';
import { receiptSchema } from '../receipt/receipt-schema.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { structural } from '../schema/issue-codes.js';

const receipt_link = textField(2_000).describe(
  'Link of the registered receipt, or the text of its QR code, from which its fiscal mark is read; 1–2000 characters',
);

/** Body that tells of a receipt which another system registered. */
export const importRequestSchema = z.strictObject(
  { receipt: receiptSchema.describe('The receipt as it was registered'), receipt_link },
  structural,
);

const parts = z.strictObject(
  { receipt: z.record(z.string(), z.unknown(), structural), receipt_link },
  structural,
);

/** Body of an import, of which all but the receipt is checked: that needs what is configured of its merchant. */
export type ImportRequest = z.output<typeof parts>;

/** Checks the body of an import, but for the receipt in it. Reports all faults at once, by JSON path. */
export function checkImportRequest(
  input: unknown,
): { ok: true; request: ImportRequest } | { ok: false; faults: Fault[] } {
  const { success, data, error } = parts.safeParse(input);
  return success ? { ok: true, request: data } : { ok: false, faults: faultsOfZod(error) };
}
