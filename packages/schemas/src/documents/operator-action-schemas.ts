import { z } from 'zod';
import { textField } from '../fields/text-fields.js';
import { readingAbsent } from '../schema/absent-members.js';

const reason = textField(500).describe(
  'Why; 1–500 characters, kept in the journal for good, without data of the buyer',
);

/** What a person says who retries or parks an entry. */
export const actSchema = z.strictObject({ reason });

/** What a person found out at the provider. */
export const resolveActSchema = readingAbsent(
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

/** What becomes of all that waits for an account that is not configured any more. */
export const accountActSchema = readingAbsent(
  z.strictObject({
    reason,
    account: textField(2_048).describe('The account, as entries name it: id of the merchant, and address'),
    merchant: z.string().min(1).optional().describe('Only entries of this merchant'),
    action: z
      .enum(['moved', 'reject'])
      .describe('moved: the same account at another address; reject: nothing of it is or will be registered'),
  }),
);

/** What came of it. */
export const settledAccountSchema = z.object({
  settled: z.int().min(0).describe('How many entries were acted on'),
  left: z.int().min(0).describe('How many are left; the act can be repeated'),
});

/** A rejected document again. */
export const resubmitActSchema = readingAbsent(
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
