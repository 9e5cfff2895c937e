import { z } from 'zod';
import { operationTypes, receiptStatuses } from '../enumerations/receipts.js';
import { amountField } from '../receipt/fields/amount-field.js';
import { choiceField } from '../receipt/fields/choice-field.js';
import { identifierField } from '../receipt/fields/identifier-field.js';
import { textField } from '../receipt/fields/text-field.js';
import { structural } from '../rules/structural.js';
import { ruleOnly } from '../structure/beyond-structure.js';
import { wholeNumberField } from './whole-number-field.js';

const day = z.iso
  .date({ error: ({ input }) => (typeof input === 'string' ? 'query.created-at.date' : 'field.type') })
  .optional();

/**
 * The query string of `GET /v5/receipts`, as a flat object. Unknown parameters are refused. `offset` counts receipts, not pages.
 */
export const receiptListQuerySchema = z
  .strictObject(
    {
      'created_at[gte]': day.describe('First day of creation, in the zone of utc; YYYY-MM-DD'),
      'created_at[lte]': day.describe('Last day of creation, the whole of it; YYYY-MM-DD'),
      offset: wholeNumberField({ minimum: 0, maximum: 1_000_000_000, code: 'query.offset.range' })
        .default(0)
        .describe('How many receipts to skip, newest first'),
      limit: wholeNumberField({ minimum: 1, maximum: 100, code: 'query.limit.range' })
        .default(20)
        .describe('How many receipts to answer; 1–100'),
      utc: wholeNumberField({ minimum: -12, maximum: 14, code: 'query.utc.range' })
        .optional()
        .describe('Zone of days and of printed creation times, in hours ahead of UTC'),
      payment_id: identifierField(128).optional().describe('Receipts of this payment'),
      operation_type: choiceField(operationTypes).optional().describe('Receipts of this operation'),
      status: z.enum(receiptStatuses, structural).optional().describe('Receipts of this status'),
      total: amountField.uz.optional().describe('Receipts of this total'),
      name: textField(128).optional().describe('Receipts with a position of exactly this name'),
    },
    structural,
  )
  .refine(isOrdered, {
    ...ruleOnly('query.created-at.order'),
    path: ['created_at[lte]'],
    when: ({ issues }) => issues.every(isElsewhere),
  });

/** A checked query of the receipts list. */
export type ReceiptListQuery = z.output<typeof receiptListQuerySchema>;

function isOrdered(query: {
  'created_at[gte]'?: string | undefined;
  'created_at[lte]'?: string | undefined;
}): boolean {
  const { 'created_at[gte]': first, 'created_at[lte]': last } = query;
  return first === undefined || last === undefined || first <= last;
}

/** Whether an issue leaves both days readable: it is about neither of them, nor says that this is no query at all. */
function isElsewhere({ code, path = [] }: z.core.$ZodRawIssue): boolean {
  return code === 'unrecognized_keys' || (path.length > 0 && !String(path[0]).startsWith('created_at'));
}
