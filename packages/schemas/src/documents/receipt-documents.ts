import { z } from 'zod';
import { closingRequests, importRequests, refundRequests } from '../examples/derived-requests.js';
import {
  closingReceiptObject,
  closingRefundReceiptObject,
  pendingReceiptObject,
  refundReceiptObject,
  refusedReceipt,
  registeredReceiptObject,
  rejectedReceiptObject,
  soundReceipt,
} from '../examples/receipt-answers.js';
import {
  documentedRequest,
  fullyWrittenReceipt,
  markedReceipt,
  measuredReceipt,
  russianReceipt,
  sharedReceipt,
  uzbekReceipt,
} from '../examples/receipts.js';
import { closingRequestSchema } from '../origin/closing-request.js';
import { importRequestSchema } from '../origin/import-request.js';
import { refundRequestSchema } from '../origin/refund-request.js';
import { receiptListQuerySchema } from '../query/receipt-list-query.js';
import { receiptObjectSchema } from '../receipt/receipt-object-schema.js';
import { receiptSchema } from '../receipt/receipt-schema.js';
import { answerSchema } from '../schema/answer-schema.js';
import { dataEnvelopeSchema, faultSchema } from './envelope-schemas.js';
import type { PublicDocument } from './public-document.js';

const warnings = z.array(faultSchema).describe('What is doubtful; stops nothing');

/** Result of a check: the receipt in its normal form with sums and total, or all its faults. */
const validationAnswerSchema = z.union([
  z.object({
    ok: z.literal(true).describe('The receipt would be accepted'),
    receipt: answerSchema(receiptSchema).describe('The receipt in its normal form, sums and total filled in'),
    faults: z.array(faultSchema).max(0).describe('No faults'),
    warnings,
  }),
  z.object({
    ok: z.literal(false).describe('The receipt would be refused'),
    faults: z.array(faultSchema).min(1).max(1000).describe('All faults, at most 1000'),
    warnings,
  }),
]);

/** Receipts of a refund: one for each receipt that has a part of the money by now. */
const refundAnswerSchema = dataEnvelopeSchema(receiptObjectSchema).extend({
  further: z
    .array(receiptObjectSchema)
    .min(1)
    .optional()
    .describe('Further receipts of the same refund, of closing receipts; absent where there is one'),
});

/** Receipts, their list and their checks, as the receipts API carries them. */
export const receiptDocuments: readonly PublicDocument[] = [
  {
    name: 'receipt',
    schema: receiptSchema,
    readsAbsent: true,
    title: 'Receipt',
    description:
      'A fiscal receipt that a merchant wants registered, in one of three formats: FFD 1.05 and FFD 1.2 in Russia, and the Uzbek receipt. Unknown fields are refused. A member that may be left out may be null or an empty text instead: both are read as if it were left out. What ties fields together (sums, totals, rates of the day, check digits) is in rules.json.',
    direction: 'request',
    examples: [
      russianReceipt,
      markedReceipt,
      uzbekReceipt,
      documentedRequest,
      measuredReceipt,
      sharedReceipt,
      fullyWrittenReceipt,
    ],
  },
  {
    name: 'receipt-object',
    schema: receiptObjectSchema,
    title: 'Receipt object',
    description:
      'A receipt as the receipts API prints it: its content in its normal form, and how far it has come.',
    direction: 'answer',
    examples: [pendingReceiptObject, registeredReceiptObject, rejectedReceiptObject, refundReceiptObject],
  },
  {
    name: 'receipt-answer',
    schema: dataEnvelopeSchema(receiptObjectSchema),
    title: 'Answer with one receipt',
    description: 'The answer to creating or closing a receipt, and to a request for one.',
    direction: 'answer',
    examples: [
      { data: pendingReceiptObject },
      { data: registeredReceiptObject },
      { data: closingReceiptObject },
    ],
  },
  {
    name: 'refund-request',
    schema: refundRequestSchema,
    readsAbsent: true,
    title: 'Request for a refund',
    description:
      'What is refunded of a receipt, and how: all that is left, the way it was paid, when nothing is said. Unknown fields are refused; members may be null or an empty text instead of absent. How much may be refunded depends on the receipt: the rules whose code begins with refund.',
    direction: 'request',
    examples: refundRequests,
  },
  {
    name: 'refund-answer',
    schema: refundAnswerSchema,
    title: 'Answer to a request for a refund',
    description: 'The refund; of a prepayment that is delivered in part, a refund for each receipt.',
    direction: 'answer',
    examples: [
      { data: refundReceiptObject },
      { data: refundReceiptObject, further: [closingRefundReceiptObject] },
    ],
  },
  {
    name: 'closing-request',
    schema: closingRequestSchema,
    readsAbsent: true,
    title: 'Request for a closing receipt',
    description:
      'What is delivered of a prepayment, and how the rest is paid: all that is left when nothing is said. Unknown fields are refused; members may be null or an empty text instead of absent. How much may be delivered depends on the prepayment: the rules whose code begins with closing.',
    direction: 'request',
    examples: closingRequests,
  },
  {
    name: 'import-request',
    schema: importRequestSchema,
    readsAbsent: true,
    title: 'Receipt of another system',
    description:
      'A receipt that another system registered, with its link or the text of its QR code, so that it can be refunded and closed. Unknown fields are refused. The receipt is checked by the rules of the day on which it was registered.',
    direction: 'request',
    examples: importRequests,
  },
  {
    name: 'receipt-list-answer',
    schema: dataEnvelopeSchema(z.array(receiptObjectSchema)),
    title: 'Answer with receipts',
    description: 'The answer to the receipts list, newest first.',
    direction: 'answer',
    examples: [{ data: [registeredReceiptObject] }, { data: [] }],
  },
  {
    name: 'receipt-list-query',
    schema: receiptListQuerySchema,
    title: 'Query of the receipts list',
    description: 'The query string of the receipts list as a flat object. Unknown parameters are refused.',
    direction: 'request',
    examples: [
      { 'created_at[gte]': '2023-03-01', 'created_at[lte]': '2023-03-31', offset: '1', limit: '2', utc: '3' },
      { payment_id: '764239789', status: 'registered', total: '200.00', name: 'Tea', operation_type: 'sell' },
    ],
  },
  {
    name: 'validation-answer',
    schema: dataEnvelopeSchema(validationAnswerSchema),
    title: 'Answer of a check',
    description: 'The answer to checking a receipt: nothing is stored, all faults and warnings are told.',
    direction: 'answer',
    examples: [{ data: soundReceipt }, { data: refusedReceipt }],
  },
];
