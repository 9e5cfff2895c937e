import { z } from 'zod';
import { correctionOperationTypes, operationTypes, receiptStatuses } from '../enumerations/receipts.js';
import type { Fault } from '../errors/fault.js';
import { choiceField } from '../fields/choice-field.js';
import { amountField } from '../fields/decimal-fields.js';
import { identifierField, textField } from '../fields/text-fields.js';
import type { RuleCode } from '../rules/rules.js';
import { queryFaults } from '../schema/faults-of-zod.js';
import { beyondStructure, coded, ruleOnly, structural } from '../schema/issue-codes.js';

/**
 * Checks the query of the receipts list. Reports all faults at once, by name of the parameter: `limit`,
 * `created_at[gte]`.
 */
export function checkReceiptListQuery(
  query: unknown,
): { ok: true; query: ReceiptListQuery } | { ok: false; faults: Fault[] } {
  const { success, data, error } = receiptListQuerySchema.safeParse(query);
  if (success) return { ok: true, query: data };
  return { ok: false, faults: queryFaults(receiptListQuerySchema, error, query) };
}

/** Checks the query of the list of corrections in the same way. */
export function checkCorrectionListQuery(
  query: unknown,
): { ok: true; query: CorrectionListQuery } | { ok: false; faults: Fault[] } {
  const { success, data, error } = correctionListQuerySchema.safeParse(query);
  if (success) return { ok: true, query: data };
  return { ok: false, faults: queryFaults(correctionListQuerySchema, error, query) };
}

const day = z.iso
  .date({ error: ({ input }) => (typeof input === 'string' ? 'query.created-at.date' : 'field.type') })
  .optional();

/** Builds the query string of a list, as a flat object, with the operations that it filters by. */
function listQuerySchema<Type extends string>(types: Readonly<Record<Type, unknown>>) {
  return z
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
        operation_type: choiceField(types).optional().describe('Receipts of this operation'),
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
}

/**
 * Query string of `GET /v5/receipts`, as a flat object. Unknown parameters are refused. `offset` counts
 * receipts, not pages.
 */
export const receiptListQuerySchema = listQuerySchema(operationTypes);

/** Query string of `GET /v5/corrections`: the same, with the operations of corrections. */
export const correctionListQuerySchema = listQuerySchema(correctionOperationTypes);

/** Checked query of the list of corrections. */
export type CorrectionListQuery = z.output<typeof correctionListQuerySchema>;

/** Checked query of the receipts list. */
export type ReceiptListQuery = z.output<typeof receiptListQuerySchema>;

function isOrdered(query: {
  'created_at[gte]'?: string | undefined;
  'created_at[lte]'?: string | undefined;
}): boolean {
  const { 'created_at[gte]': first, 'created_at[lte]': last } = query;
  return first === undefined || last === undefined || first <= last;
}

/**
 * Checks whether an issue leaves both days readable: it concerns neither of them, and there is a query at
 * all.
 */
function isElsewhere({ code, path = [] }: z.core.$ZodRawIssue): boolean {
  return code === 'unrecognized_keys' || (path.length > 0 && !String(path[0]).startsWith('created_at'));
}

/**
 * Builds a field for a whole number that a query string carries as text. Structure is the form of the text;
 * its limits are left to the rule.
 */
function wholeNumberField(range: { minimum: number; maximum: number; code: RuleCode }) {
  const { minimum, maximum } = range;
  const code = coded(range.code);
  const number = z.number(code).int(code).min(minimum, code).max(maximum, code);
  const text = z.string().regex(/^-?\d{1,10}$/, code);
  const error = (issue: Parameters<typeof structural.error>[0]) =>
    typeof issue.input === 'number' ? range.code : structural.error(issue);
  return z.codec(z.union([number, text], { error }), number, {
    decode: (value, { issues }) => {
      const whole = Number(value);
      if (minimum <= whole && whole <= maximum) return whole;
      issues.push({ code: 'custom', message: range.code, input: value, ...beyondStructure });
      return z.NEVER;
    },
    encode: (value) => value,
  });
}
