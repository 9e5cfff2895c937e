import { z } from 'zod';
import { measures } from '../enumerations/positions.js';
import type { Fault } from '../errors/fault.js';
import { choiceField } from '../fields/choice-field.js';
import { amountField, partQuantityField } from '../fields/decimal-fields.js';
import { identifierField } from '../fields/text-fields.js';
import { markedPositionSchema, uzbekPositionSchema } from '../receipt/position.js';
import { mostPositions } from '../receipt/receipt-schema.js';
import { derivedSettlementsSchema } from '../receipt/settlement.js';
import { readingAbsent } from '../schema/absent-members.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { coded, structural } from '../schema/issue-codes.js';

const unknownPosition = coded('closing.position.unknown');
const { name, vat_code, payment_object, ...russian } = markedPositionSchema.shape;
const uzbek = uzbekPositionSchema.shape;

/**
 * Position in the request of a closing receipt: part of a prepaid one, or a whole one that an advance pays.
 * Members of a position are those of every format; which of them its own format has, the receipt's check
 * tells. How it is paid follows from the settlements.
 */
export const closingPositionSchema = z.strictObject(
  {
    index: z
      .number(structural)
      .int(unknownPosition)
      .min(0, unknownPosition)
      .optional()
      .describe('Index of the position in the prepayment, from 0; absent from what an advance pays'),
    quantity: partQuantityField
      .optional()
      .describe('How much is delivered, FFD tag 1023; at most three decimals; all that is left when absent'),
    sum: amountField.uz
      .optional()
      .describe('How much of the prepayment it takes, in its currency; at most two decimals'),
    price: amountField.uz
      .optional()
      .describe(
        'Full price of one unit, FFD tag 1079, where the prepayment was a part of it; at most two decimals',
      ),
    name: name
      .optional()
      .describe('Name of the item, FFD tag 1030; that of the prepayment when absent; 1–128 characters'),
    measure: choiceField(measures)
      .optional()
      .describe('Unit of the quantity, FFD tag 2108; that of the prepayment when absent; see enumerations'),
    vat_code: vat_code
      .optional()
      .describe('VAT rate, FFD tag 1199; that of the prepayment when absent; see enumerations'),
    payment_object: payment_object
      .optional()
      .describe('What is delivered, FFD tag 1212, never payment; see enumerations'),
    agent_type: russian.agent_type,
    supplier: russian.supplier,
    mark_quantity: russian.mark_quantity,
    mark_code_type: russian.mark_code_type,
    payment_object_industry_details: russian.payment_object_industry_details,
    ikpu_code: uzbek.ikpu_code
      .optional()
      .describe(
        'Product code of the Uzbek catalogue (IKPU, MXIK); 17 digits; that of the prepayment when absent',
      ),
    package_code: uzbek.package_code
      .optional()
      .describe(
        'Package code belonging to the product code; 1–20 digits; that of the prepayment when absent',
      ),
    unit_code: uzbek.unit_code,
    commission_info: uzbek.commission_info,
    labels: uzbek.labels,
    owner_type: uzbek.owner_type,
  },
  structural,
);

/**
 * Body of a request for a closing receipt. Which amounts are too many depends on the prepayment: `closingOf`
 * tells. The limit of amounts is that of the country with the larger one.
 */
export const closingRequestSchema = readingAbsent(
  z.strictObject(
    {
      positions: z
        .array(closingPositionSchema, structural)
        .max(mostPositions, coded('receipt.positions.count'))
        .optional()
        .describe(`What is delivered, at most ${mostPositions} positions; all that is left when absent`),
      settlements: derivedSettlementsSchema
        .optional()
        .describe('How the rest of the price is paid, in at most 10 parts; postpayment is what stays owed'),
      delivery_id: identifierField(128)
        .optional()
        .describe('Id of this delivery, which tells it from an equal one; 1–128 characters'),
      delivered_on: z.iso
        .date({ error: ({ input }) => (typeof input === 'string' ? 'field.date' : 'field.type') })
        .optional()
        .describe("Day of the delivery, on the register's calendar; YYYY-MM-DD; today when absent"),
    },
    structural,
  ),
);

/** Checked body of a request for a closing receipt. */
export type ClosingRequest = z.output<typeof closingRequestSchema>;

/** Checks the body of a request for a closing receipt. Reports all faults at once, by JSON path. */
export function checkClosingRequest(
  input: unknown,
): { ok: true; request: ClosingRequest } | { ok: false; faults: Fault[] } {
  const { success, data, error } = closingRequestSchema.safeParse(input);
  return success ? { ok: true, request: data } : { ok: false, faults: faultsOfZod(error) };
}
