import type { z } from 'zod';
import { steadyReader } from '../schema/compile-after-warm-up.js';
import type { ReceiptDraft } from './receipt-draft.js';
import type { NormalisedReceipt } from './receipt-schema.js';
import { salvageSchema } from './salvage-schema.js';

/** Reads the documents of one format. */
export interface ReceiptReader {
  /** Brings a document into its normal form, or names what is wrong with single fields. */
  readonly read: (document: unknown) => z.ZodSafeParseResult<NormalisedReceipt>;
  /** Brings into its normal form whatever can be read. */
  readonly salvage: (document: unknown) => ReceiptDraft;
}

/** Reads with the schema of a format. What only broken documents need is made when the first of them comes. */
export function receiptReader(schema: z.ZodType<NormalisedReceipt>): ReceiptReader {
  let salvaging: z.ZodType | undefined;
  return {
    read: steadyReader(schema),
    salvage(document) {
      salvaging ??= salvageSchema(schema);
      // The rebuilt schema has the fields and normal forms of the receipt's own, each of them optional.
      return salvaging.parse(document) as ReceiptDraft;
    },
  };
}
