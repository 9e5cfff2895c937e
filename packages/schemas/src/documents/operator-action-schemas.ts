import { z } from 'zod';
import { textField } from '../fields/text-fields.js';
import { readingAbsent } from '../schema/absent-members.js';

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
