import { z } from 'zod';
import { correctionOperationTypes, operationTypes } from '../enumerations/receipts.js';
import { choiceField } from '../fields/choice-field.js';
import { receiptOriginSchema } from '../receipt/receipt-object-schema.js';

const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

const states = ['accepted', 'sending', 'pending', 'unknown', 'registered', 'rejected', 'parked'] as const;

const candidate = z.object({
  provider_document_id: z.string().min(1).describe('Id of the document at the provider'),
  differs: z.array(z.string()).describe('Names of the fields that differ or can not be compared'),
});

const reason = z.object({
  code: z.string().min(1).describe('Permanent dotted code'),
  message: z.string().describe('What happened, in English'),
  http_status: z.int().nullable().describe("HTTP status of the provider's answer; null without one"),
  provider_code: z.string().nullable().describe("The provider's own code; null without one"),
  provider_message: z
    .string()
    .optional()
    .describe(
      "The provider's own words of a refusal, at most 300 characters; addresses and long runs of digits are masked",
    ),
  candidates: z
    .array(candidate)
    .max(10)
    .optional()
    .describe("The provider's documents that could be meant; only with provider.doubtful"),
});

const offeredAction = z.object({
  act: z
    .enum(['look-up', 'retry', 'park', 'release', 'resolve', 'resubmit', 'move'])
    .describe('Last part of the path of the act'),
  possible: z.boolean().describe('Whether it can be done now, by who asks'),
  reason: z
    .object({
      code: z.string().min(1).describe('Permanent dotted code: that of the error of the act'),
      message: z.string().describe('Why, in English'),
    })
    .optional()
    .describe('Why it is not possible; absent where it is'),
});

/** States of a document in the ledger. */
export const entryStateSchema = z.enum(states);

/**
 * Document in the ledger as an administrator sees it: never the document itself, which has the buyer's data.
 */
export const entrySchema = z.object({
  id: z.string().min(1).describe('Id of the entry; of a receipt its receipt_id'),
  merchant: z.string().min(1).describe('Id of the merchant'),
  provider: z.string().min(1).describe('Name of the provider'),
  account: z
    .string()
    .min(1)
    .optional()
    .describe("The provider's id of the merchant, and the address; where the entry waits because of them"),
  operation: z.string().min(1).describe('receipt, correction, or confirmation. and the wallet'),
  operation_type: choiceField(operationTypes)
    .nullable()
    .describe('What the receipt records; null for anything else'),
  correction_operation_type: choiceField(correctionOperationTypes)
    .optional()
    .describe('What the correction corrects; absent for anything else'),
  payment_id: z.string().describe('Id of the payment; empty for a correction that names none'),
  origin: receiptOriginSchema
    .optional()
    .describe('The receipt that this one refunds or closes; absent where it stands alone'),
  total: z.number().nullable().describe('Total in roubles or sums, two decimals; null for a confirmation'),
  state: entryStateSchema.describe('Where the entry is on its way; registered and rejected are final'),
  accepted_at: instant.describe('When it was accepted; ISO 8601, UTC'),
  changed_at: instant.describe('When its state last changed; ISO 8601, UTC'),
  due_at: instant.nullable().describe('When its next step is due; ISO 8601, UTC; null when none is'),
  attempts: z.int().min(0).describe('How often it was sent'),
  first_attempt_at: instant.nullable().describe('When it was first sent; ISO 8601, UTC; null before'),
  last_attempt_at: instant.nullable().describe('When it was last sent; ISO 8601, UTC; null before'),
  reference: z.string().describe('Our reference at the provider'),
  provider_document_id: z
    .string()
    .nullable()
    .describe('Id of the document at the provider; null without one'),
  reason: reason
    .nullable()
    .describe('Why the last step did not bring the registration; null when nothing went wrong'),
  acts: z
    .array(offeredAction)
    .min(1)
    .describe('What an administrator may do to it, act by act, and why not the others'),
  left_out: z
    .array(z.string())
    .optional()
    .describe(
      'Paths of what is left out for the role read, since it may quote the buyer; absent for nothing',
    ),
});

const journalRow = z.object({
  version: z.int().min(1).describe('Number of the row among those of the entry, from 1'),
  position: z.int().min(1).describe('Number of the row among those of the ledger'),
  at: instant.describe('When it was written; ISO 8601, UTC'),
  from: entryStateSchema.nullable().describe('State before; null for acceptance'),
  to: entryStateSchema.describe('State after'),
  details: z.record(z.string(), z.unknown()).describe('What was written down about it'),
  hash: z.string().min(1).describe('SHA-256 over the row and the one before, in hex'),
});

const plan = z.object({
  plan: z.enum(['find', 'resend', 'person']).describe('What follows an unknown outcome'),
  found_out_by: z.string().describe('How it is found out what became of the document'),
  guarantee: z.string().describe('What can be relied on'),
  remaining_window: z.string().describe('In which cases a document may still be doubled or missed'),
  person_checks: z.string().describe('What a person looks up at the provider, and which act follows'),
});

/** Entry with its journal and the plan for an unknown outcome. */
export const entryHistorySchema = entrySchema.extend({
  superseded_by: z
    .string()
    .min(1)
    .optional()
    .describe('Id of the entry that this rejected one was handed in again as; absent where it was not'),
  unknown_outcome: plan
    .nullable()
    .describe('What the provider says of unknown outcomes; null for a provider that is gone'),
  journal: z.array(journalRow).min(1).describe('All that happened, oldest first'),
});
