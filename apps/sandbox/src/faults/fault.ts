import { z } from 'zod';
import { oddConfirmationNames } from '../fiscalbox/odd-confirmations.js';
import { writingSchema } from '../writing/writing-way.js';

const milliseconds = z.int().min(0).max(3_600_000);
const moment = z.enum(['before', 'after']).default('before');

const providerError = {
  type: z.enum(['unknown', 'system', 'driver', 'agent', 'timeout']).default('system'),
  code: z.int(),
  text: z.string().max(1024).optional(),
};

/** Manners of a callback: see the fault of that name. */
const callbackManners = ['never', 'twice', 'late', 'early', 'of-another', 'forged'] as const;

/** Schema of the faults that can be injected into one call. Durations are in milliseconds. */
export const faultSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('refuse'), forMs: milliseconds })
    .describe('The sandbox stops listening and closes every connection; new ones are refused for that long'),
  z.strictObject({ kind: z.literal('drop-before') }).describe('The connection is closed before processing'),
  z
    .strictObject({ kind: z.literal('drop-after') })
    .describe('Processed and journalled; the connection is closed before the first byte of the answer'),
  z
    .strictObject({ kind: z.literal('delay'), ms: milliseconds, when: moment })
    .describe('A delay before or after processing; the call continues if the client disconnects'),
  z
    .strictObject({
      kind: z.literal('status'),
      status: z.int().min(200).max(599),
      retryAfterSeconds: z.int().min(0).max(86_400).optional(),
      when: moment,
    })
    .describe('Another HTTP status, instead of processing or after it'),
  z.strictObject({ kind: z.literal('garbled') }).describe('Processed; status 200 and truncated JSON'),
  z
    .strictObject({ kind: z.literal('slow-body'), bytesPerSecond: z.int().min(1).max(10_000_000) })
    .describe('Processed; the answer is sent slowly'),
  z
    .strictObject({ kind: z.literal('endless-body') })
    .describe('Processed; the answer continues up to 64 MiB or one minute'),
  z
    .strictObject({ kind: z.literal('stay-pending'), forMs: milliseconds.optional() })
    .describe('The receipt is accepted and registered that much later; never without a duration'),
  z
    .strictObject({
      kind: z.literal('reject'),
      code: z.string().min(1).max(128).optional(),
      message: z.string().min(1).max(1024).optional(),
    })
    .describe('A receipt is rejected when it would have been registered, a confirmation at once'),
  z
    .strictObject({
      kind: z.literal('fail'),
      ...providerError,
      registered: z.boolean().default(false),
    })
    .describe(
      'A document fails with this error, with type timeout when its time in the queue is over; registered: the storage has the receipt all the same',
    ),
  z
    .strictObject({
      kind: z.literal('error'),
      ...providerError,
      status: z.int().min(200).max(599),
      when: moment,
    })
    .describe('An error of the provider, instead of processing or after it'),
  z
    .strictObject({ kind: z.literal('late-mark'), forMs: milliseconds })
    .describe('The document is called done so much earlier than its mark is shown'),
  z
    .strictObject({ kind: z.literal('confirm-as'), as: z.enum(oddConfirmationNames) })
    .describe('The confirmation gets an undocumented answer'),
  z
    .strictObject({ kind: z.literal('write'), as: writingSchema.min(1) })
    .describe('The receipt is shown, or the list answered, in these ways; several rules add up'),
  z
    .strictObject({
      kind: z.literal('callback'),
      manner: z.enum(callbackManners),
      byMs: milliseconds.default(1_000),
    })
    .describe(
      "A callback is not sent, sent twice, so late, before the answer to the registration (early), names another document, or is sent with another's token as well (forged); several rules add up",
    ),
]);

export type Fault = z.output<typeof faultSchema>;

/** Faults that change the decision of the provider rather than its answer. */
export type OutcomeFault = Extract<
  Fault,
  { kind: 'stay-pending' | 'reject' | 'confirm-as' | 'fail' | 'late-mark' }
>;
/** Fault that shows receipts differently from how they were sent. */
export type WritingFault = Extract<Fault, { kind: 'write' }>;
/** Fault of the callback of a document. */
export type CallbackManner = Extract<Fault, { kind: 'callback' }>;
/** Faults applied before the call is processed. */
export type FaultBeforeProcessing =
  | Extract<Fault, { kind: 'refuse' | 'drop-before' }>
  | (Extract<Fault, { kind: 'delay' | 'status' | 'error' }> & { when: 'before' });
/** Faults applied to the answer, after the call is processed. */
export type FaultAfterProcessing = Exclude<
  Fault,
  OutcomeFault | WritingFault | CallbackManner | { kind: 'refuse' | 'drop-before' }
>;
