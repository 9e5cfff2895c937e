import { z } from 'zod';
import type { Fault } from '../errors/fault.js';
import { amountField, partQuantityField } from '../fields/decimal-fields.js';
import { labelField } from '../fields/mark-fields.js';
import { identifierField } from '../fields/text-fields.js';
import { mostPositions } from '../receipt/receipt-schema.js';
import { derivedSettlementsSchema } from '../receipt/settlement.js';
import { readingAbsent } from '../schema/absent-members.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { coded, structural } from '../schema/issue-codes.js';

const unknownPosition = coded('refund.position.unknown');

/** Position of a sale in the request of its refund. */
export const refundPositionSchema = z.strictObject(
  {
    index: z
      .number(structural)
      .int(unknownPosition)
      .min(0, unknownPosition)
      .describe('Index of the position in the sale, from 0'),
    quantity: partQuantityField.optional().describe('How much of it comes back; at most three decimals'),
    sum: amountField.uz
      .optional()
      .describe(
        'How much money goes back for it, in the currency of the sale; alone, no goods come back; at most two decimals',
      ),
    labels: z
      .array(labelField, structural)
      .max(300, coded('receipt.position.labels.count'))
      .optional()
      .describe(
        'Marking labels of the pieces that come back, in Uzbekistan; at most 300 texts of 1–256 characters',
      ),
  },
  structural,
);

/**
 * Body of a request for a refund. Which amounts are too many depends on the sale: `refundOf` tells. The limit
 * of amounts is that of the country with the larger one.
 */
export const refundRequestSchema = readingAbsent(
  z.strictObject(
    {
      positions: z
        .array(refundPositionSchema, structural)
        .max(mostPositions, coded('receipt.positions.count'))
        .optional()
        .describe(`What is refunded, at most ${mostPositions} positions; all that is left when absent`),
      settlements: derivedSettlementsSchema
        .min(1, coded('receipt.settlements.count'))
        .optional()
        .describe('How the money goes back, in 1–10 parts; the way it came when absent'),
      refund_id: identifierField(128)
        .optional()
        .describe('Id of this refund, which tells it from an equal one; 1–128 characters'),
    },
    structural,
  ),
);

/** Checked body of a request for a refund. */
export type RefundRequest = z.output<typeof refundRequestSchema>;

/** Checks the body of a request for a refund. Reports all faults at once, by JSON path. */
export function checkRefundRequest(
  input: unknown,
): { ok: true; request: RefundRequest } | { ok: false; faults: Fault[] } {
  const { success, data, error } = refundRequestSchema.safeParse(input);
  return success ? { ok: true, request: data } : { ok: false, faults: faultsOfZod(error) };
}
