import { z } from 'zod';
import { entryHistorySchema, entrySchema } from './entry-schema.js';
import { dataEnvelopeSchema } from './envelope-schemas.js';
import {
  accountActionResultSchema,
  accountActionSchema,
  manyActionsResultSchema,
  manyActionsSchema,
  moveActionSchema,
  operatorActionSchema,
  resolveActionSchema,
  resubmitActionSchema,
} from './operator-action-schemas.js';
import type { PublicDocument } from './public-document.js';

const id = 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5';
const at = '2026-03-01T09:00:00.000Z';

/** Example: an entry of unknown outcome. */
const unknownEntry = {
  id,
  merchant: '542088',
  provider: 'freedompay',
  operation: 'receipt',
  operation_type: 'sell',
  payment_id: '764239789',
  total: 200,
  state: 'unknown',
  accepted_at: at,
  changed_at: '2026-03-01T09:00:30.000Z',
  due_at: '2026-03-01T09:01:00.000Z',
  attempts: 1,
  first_attempt_at: at,
  last_attempt_at: at,
  reference: id,
  provider_document_id: null,
  reason: {
    code: 'provider.timeout',
    message: 'The provider did not answer in time.',
    http_status: null,
    provider_code: null,
  },
  acts: [
    { act: 'look-up', possible: true },
    { act: 'retry', possible: true },
    { act: 'park', possible: true },
    {
      act: 'release',
      possible: false,
      reason: {
        code: 'entry.state',
        message: 'Only what is parked, or held because of its sale, can be released.',
      },
    },
    { act: 'resolve', possible: true },
    {
      act: 'resubmit',
      possible: false,
      reason: { code: 'entry.state', message: 'Only a rejected document can be resubmitted.' },
    },
    {
      act: 'move',
      possible: false,
      reason: {
        code: 'entry.state',
        message:
          'Only a document that was never sent, or is proven absent, can go to another account: this one may have been processed.',
      },
    },
  ],
};

/** Example: the same entry with its journal. */
const entryHistory = {
  ...unknownEntry,
  unknown_outcome: {
    plan: 'find',
    found_out_by: 'A search by payment and time, matched on operation, total and positions.',
    guarantee: 'A document that the provider lists is found.',
    remaining_window: 'A document that appears later than the provider needs to list it.',
    person_checks: "The payment's receipts in the provider's cabinet.",
  },
  journal: [
    {
      version: 1,
      position: 17,
      at,
      from: null,
      to: 'accepted',
      details: { merchant: '542088', provider: 'freedompay' },
      hash: '5f8f3b1c0f0d4bd1a7a1c7e3f6d8a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b',
    },
  ],
};

/** Example: what would be done after an outage. */
const manyActions = {
  batch: '0b8f6b2e-64d5-8c1e-8a3f-5d1c2b3a4f60',
  act: 'look-up',
  dry_run: true,
  limit: 500,
  would_act: { count: 488, states: { unknown: 488 } },
  acted_before: 0,
  left: { count: 0, states: {} },
  refused: [
    {
      state: 'sending',
      code: 'entry.busy',
      message: 'A worker is at work on this entry; try again in a moment.',
      count: 2,
    },
  ],
  complete: false,
  all_counted: true,
  next: null,
};

const entryListSchema = dataEnvelopeSchema(z.array(entrySchema)).extend({
  next_cursor: z
    .string()
    .min(1)
    .nullable()
    .optional()
    .describe('Cursor of the next page; null when nothing follows; absent where nothing was searched for'),
  index: z
    .object({
      lag_ms: z
        .int()
        .min(0)
        .describe('Age of the oldest change that the search does not know yet, in milliseconds'),
    })
    .optional()
    .describe('How much the search knows; absent where nothing was searched for'),
});

const reason = "Looked up in the provider's cabinet.";

/** Entries of the ledger and actions on them, as administrators read and write them. */
export const entryDocuments: readonly PublicDocument[] = [
  {
    name: 'entry-answer',
    schema: dataEnvelopeSchema(entrySchema),
    title: 'Answer with one entry',
    description: 'The answer to an act on an entry of the ledger: the entry after it.',
    direction: 'answer',
    examples: [{ data: unknownEntry }],
  },
  {
    name: 'entry-list-answer',
    schema: entryListSchema,
    title: 'Answer with entries',
    description:
      'Entries that wait for a person, longest unchanged first; or, newest first, those that a search has found.',
    direction: 'answer',
    examples: [
      { data: [unknownEntry] },
      { data: [unknownEntry], next_cursor: 'MS40MTcuMGE1ZjFjNmU3ZDg5YjQyMw', index: { lag_ms: 120 } },
    ],
  },
  {
    name: 'entry-history-answer',
    schema: dataEnvelopeSchema(entryHistorySchema),
    title: 'Answer with an entry and its journal',
    description: 'An entry of the ledger with all that happened to it.',
    direction: 'answer',
    examples: [{ data: entryHistory }],
  },
  {
    name: 'act',
    schema: operatorActionSchema,
    title: 'Act',
    description: 'What a person says who retries or parks an entry.',
    direction: 'request',
    examples: [{ reason }],
  },
  {
    name: 'resolve-act',
    schema: resolveActionSchema,
    title: 'Act of resolving',
    description: 'What a person found out about an entry: it becomes final.',
    direction: 'request',
    readsAbsent: true,
    examples: [
      {
        reason,
        outcome: { kind: 'registered', provider_document_id: 'bb938d6c-6c1c-44a0-aa54-32c3e14fddb7' },
      },
      { reason, outcome: { kind: 'rejected' } },
    ],
  },
  {
    name: 'resubmit-act',
    schema: resubmitActionSchema,
    title: 'Act of resubmitting',
    description: 'Hands a rejected document in again as a new entry, corrected or as it was.',
    direction: 'request',
    readsAbsent: true,
    examples: [{ reason }],
  },
  {
    name: 'move-act',
    schema: moveActionSchema,
    title: 'Act of moving',
    description: "Moves a document that nobody has processed to another of its merchant's accounts.",
    direction: 'request',
    examples: [{ reason, account: 'books_1234@https://online.atol.ru/possystem/v5' }],
  },
  {
    name: 'many-acts',
    schema: manyActionsSchema,
    title: 'Act on many entries',
    description: 'What is to be done to all entries that match a filter.',
    direction: 'request',
    examples: [
      {
        reason: 'The provider was away from 9 to 11.',
        act: 'look-up',
        filter: { state: ['unknown'], merchant: '542088', from: '2026-03-01T09:00:00Z' },
        limit: 500,
        dry_run: true,
      },
    ],
  },
  {
    name: 'many-acts-answer',
    schema: dataEnvelopeSchema(manyActionsResultSchema),
    title: 'Answer to an act on many entries',
    description: 'What was done, or would be, by count and state.',
    direction: 'answer',
    examples: [{ data: manyActions }],
  },
  {
    name: 'account-act',
    schema: accountActionSchema,
    title: 'Act on an account',
    description: 'What becomes of all that waits for an account that is not configured any more.',
    direction: 'request',
    readsAbsent: true,
    examples: [
      { reason: 'The provider moved.', account: '542088@https://old.freedompay.uz', action: 'moved' },
    ],
  },
  {
    name: 'account-act-answer',
    schema: dataEnvelopeSchema(accountActionResultSchema),
    title: 'Answer to an act on an account',
    description: 'How many entries were settled, and how many are left.',
    direction: 'answer',
    examples: [{ data: { settled: 12, left: 0 } }],
  },
];
