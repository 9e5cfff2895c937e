import { z } from 'zod';
import { textField } from '../fields/text-fields.js';
import { readingAbsent } from '../schema/absent-members.js';
import { entryStateSchema } from './entry-schema.js';

const reason = textField(500).describe(
  'Why; 1–500 characters, kept in the journal for good, without data of the buyer',
);

/** Body of retrying or parking an entry. */
export const operatorActionSchema = z.strictObject({ reason });

/** Body of resolving an entry: the outcome found at the provider. */
export const resolveActionSchema = readingAbsent(
  z.strictObject({
    reason,
    outcome: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('registered').describe('The document is registered'),
          provider_document_id: textField(255)
            .optional()
            .describe('Id of the document at the provider; 1–255 characters'),
          link: z.string().optional().describe('Address of the receipt; its fiscal mark is read from it'),
        }),
        z.strictObject({
          kind: z.literal('rejected').describe('The document is not registered and never will be'),
        }),
      ])
      .describe('What became of the document'),
  }),
);

/**
 * Body of the action on an account that is no longer configured: the fate of all entries that wait for it.
 */
export const accountActionSchema = readingAbsent(
  z.strictObject({
    reason,
    account: textField(2_048).describe('The account, as entries name it: id of the merchant, and address'),
    merchant: z.string().min(1).optional().describe('Only entries of this merchant'),
    action: z
      .enum(['moved', 'reject'])
      .describe('moved: the same account at another address; reject: nothing of it is or will be registered'),
  }),
);

/** Body of moving a document that nobody has processed. */
export const moveActionSchema = z.strictObject({
  reason,
  account: textField(2_048).describe(
    'The account it goes to, as check prints it: id of the merchant, @, address',
  ),
});

const counted = z.object({
  count: z.int().min(0).describe('How many'),
  states: z.record(z.string(), z.int().min(1)).describe('How many of each state, before the act'),
});

/** Filter of the entries of an act on many. */
const entryFilterSchema = z
  .strictObject({
    state: z
      .union([z.string(), z.array(entryStateSchema).min(1)])
      .optional()
      .describe('States: as a list, or as text with commas'),
    merchant: z.string().min(1).optional().describe('Id of the merchant'),
    provider: z.string().min(1).optional().describe('Name of the provider'),
    account: z.string().min(1).optional().describe('Account at the provider, as entries name it'),
    operation: z.string().min(1).optional().describe('receipt, correction, or confirmation. and the wallet'),
    operation_type: z.string().min(1).optional().describe('What the receipt records: sell, sell_refund, …'),
    reason: z.string().min(1).optional().describe('Code of the reason of the entry: provider.timeout, …'),
    from: z.iso.datetime({ offset: true }).optional().describe('Accepted at this time or later'),
    to: z.iso.datetime({ offset: true }).optional().describe('Accepted before this time'),
    all: z
      .literal(true)
      .optional()
      .describe('Says that all entries are meant; needed where nothing else is said'),
  })
  .describe('Which entries; at least one member');

/** Body of an act on all entries that match a filter. */
export const manyActionsSchema = z.strictObject({
  reason,
  act: z
    .enum(['look-up', 'retry', 'park', 'release'])
    .describe('look-up: look at the provider now; retry: the next step now; park: stop; release: let go'),
  filter: entryFilterSchema,
  limit: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Entries that the batch acts on at most; 1000 when absent'),
  dry_run: z.boolean().optional().describe('true: only tell what would be done; false when absent'),
  after: z.string().optional().describe('next of an earlier answer: a further batch begins behind it'),
});

/** Result of an act on all entries that match a filter. */
export const manyActionsResultSchema = z.object({
  batch: z
    .string()
    .min(1)
    .describe('Id of the batch, which stands in the journal of each entry; the same call has the same'),
  act: z.enum(['look-up', 'retry', 'park', 'release']).describe('The act'),
  dry_run: z.boolean().describe('Whether it was only told'),
  limit: z.int().min(1).describe('Entries that the batch acts on at most'),
  acted: counted.optional().describe('What this call acted on; absent in a dry run'),
  would_act: counted.optional().describe('What the call would act on; only in a dry run'),
  acted_before: z.int().min(0).describe('How many entries earlier calls of the batch acted on'),
  left: counted.describe('What could take the act, and was not acted on'),
  refused: z
    .array(
      z.object({
        state: entryStateSchema.describe('State of these entries'),
        code: z.string().min(1).describe('Why they can not take the act: a permanent dotted code'),
        message: z.string().describe('Why, in English'),
        count: z.int().min(1).describe('How many'),
      }),
    )
    .describe('What matches and can not take the act'),
  complete: z.boolean().describe('Whether the batch is done, or at its limit; if not, the same call goes on'),
  all_counted: z
    .boolean()
    .describe('Whether all that match were counted: a call looks at 10,000 entries at most'),
  next: z.string().nullable().describe('What a further batch names as after; null where nothing is left'),
});

/** Result of the action on an account. */
export const accountActionResultSchema = z.object({
  settled: z.int().min(0).describe('How many entries were acted on'),
  left: z.int().min(0).describe('How many are left; the act can be repeated'),
});

/** Body of resubmitting a rejected document. */
export const resubmitActionSchema = readingAbsent(
  z.strictObject({
    reason,
    document: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('The corrected document; the same as before when absent'),
    twin: z
      .literal('meant')
      .optional()
      .describe('Says that a second live receipt with this content is meant'),
  }),
);
