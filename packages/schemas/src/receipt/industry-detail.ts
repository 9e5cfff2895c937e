import { z } from 'zod';
import { documentedTextField, patternField } from '../fields/text-fields.js';
import { coded, structural } from '../schema/issue-codes.js';

const federalId = /^0(0[1-9]|[1-6]\d|7[0-3])$/;

/** Industry detail of a position (tag 1260) or receipt (tag 1261), under YooKassa's names. */
const industryDetailSchema = z.strictObject(
  {
    federal_id: patternField(federalId, 'receipt.industry.federal-id').describe(
      'Id of the federal body, FFD tag 1262; three digits, 001–073',
    ),
    document_date: z.iso
      .date({ error: ({ input }) => (input === undefined ? 'field.missing' : 'field.date') })
      .describe('Date of the act, FFD tag 1263; YYYY-MM-DD'),
    document_number: documentedTextField(32).describe(
      'Number of the act, FFD tag 1264; text of 1–32 characters',
    ),
    value: documentedTextField(256).describe('Value of the detail, FFD tag 1265; text of 1–256 characters'),
  },
  structural,
);

/** Industry details; at most 100. */
export const industryDetailsSchema = z
  .array(industryDetailSchema, structural)
  .max(100, coded('field.length'));
