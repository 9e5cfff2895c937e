import { z } from 'zod';
import { entryHistory, unknownEntry } from '../examples/entries.js';
import { entryHistorySchema, entrySchema } from './entry-schema.js';
import { dataEnvelopeSchema } from './envelope-schemas.js';
import {
  accountActSchema,
  actSchema,
  resolveActSchema,
  resubmitActSchema,
  settledAccountSchema,
} from './operator-action-schemas.js';
import type { PublicDocument } from './public-document.js';

const reason = "Looked up in the provider's cabinet.";

/** What administrators read and write. */
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
    schema: dataEnvelopeSchema(z.array(entrySchema)),
    title: 'Answer with entries',
    description: 'Entries that wait for a person, longest unchanged first.',
    direction: 'answer',
    examples: [{ data: [unknownEntry] }],
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
    schema: actSchema,
    title: 'Act',
    description: 'What a person says who retries or parks an entry.',
    direction: 'request',
    examples: [{ reason }],
  },
  {
    name: 'resolve-act',
    schema: resolveActSchema,
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
    schema: resubmitActSchema,
    title: 'Act of resubmitting',
    description: 'Hands a rejected document in again as a new entry, corrected or as it was.',
    direction: 'request',
    readsAbsent: true,
    examples: [{ reason }],
  },
  {
    name: 'account-act',
    schema: accountActSchema,
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
    schema: dataEnvelopeSchema(settledAccountSchema),
    title: 'Answer to an act on an account',
    description: 'How many entries were settled, and how many are left.',
    direction: 'answer',
    examples: [{ data: { settled: 12, left: 0 } }],
  },
];
