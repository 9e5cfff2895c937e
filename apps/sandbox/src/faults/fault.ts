import { z } from 'zod';
import { oddConfirmationNames } from '../fiscalbox/odd-confirmations.js';
import { writingSchema } from '../writing/writing-way.js';

const milliseconds = z.int().min(0).max(3_600_000);
const moment = z.enum(['before', 'after']).default('before');

/** What can go wrong with one call. Durations are in milliseconds. */
export const faultSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('refuse'), forMs: milliseconds })
    .describe('The sandbox stops listening and breaks every connection: new ones are refused for so long'),
  z.strictObject({ kind: z.literal('drop-before') }).describe('The connection breaks; nothing was processed'),
  z
    .strictObject({ kind: z.literal('drop-after') })
    .describe('Processed and journalled; the connection breaks before the first byte of the answer'),
  z
    .strictObject({ kind: z.literal('delay'), ms: milliseconds, when: moment })
    .describe('A wait before or after processing; a caller who left meanwhile changes nothing'),
  z
    .strictObject({
      kind: z.literal('status'),
      status: z.int().min(200).max(599),
      retryAfterSeconds: z.int().min(0).max(86_400).optional(),
      when: moment,
    })
    .describe('Another HTTP status, instead of or in spite of processing'),
  z
    .strictObject({ kind: z.literal('garbled') })
    .describe('Processed; status 200 and JSON that is cut in half'),
  z
    .strictObject({ kind: z.literal('slow-body'), bytesPerSecond: z.int().min(1).max(10_000_000) })
    .describe('Processed; the answer trickles'),
  z
    .strictObject({ kind: z.literal('endless-body') })
    .describe('Processed; the answer does not end before 64 MiB or a minute'),
  z
    .strictObject({ kind: z.literal('stay-pending'), forMs: milliseconds.optional() })
    .describe('The receipt is taken and registered so much later; never, when no time is given'),
  z
    .strictObject({
      kind: z.literal('reject'),
      code: z.string().min(1).max(128).optional(),
      message: z.string().min(1).max(1024).optional(),
    })
    .describe('The receipt is rejected at the time it would have been registered; a confirmation at once'),
  z
    .strictObject({ kind: z.literal('confirm-as'), as: z.enum(oddConfirmationNames) })
    .describe('The confirmation is answered in a way that no page prints'),
  z
    .strictObject({ kind: z.literal('write'), as: writingSchema.min(1) })
    .describe('The receipt is shown, or the list answered, in these ways; of several rules, all count'),
]);

export type Fault = z.output<typeof faultSchema>;

/** Faults of what the provider decides, not of how it answers. */
export type OutcomeFault = Extract<Fault, { kind: 'stay-pending' | 'reject' | 'confirm-as' }>;
/** What shows receipts otherwise than they were sent. */
export type WritingFault = Extract<Fault, { kind: 'write' }>;
/** Faults that strike before the call is processed. */
export type FaultBeforeProcessing =
  | Extract<Fault, { kind: 'refuse' | 'drop-before' }>
  | (Extract<Fault, { kind: 'delay' | 'status' }> & { when: 'before' });
/** Faults that strike the answer. */
export type FaultAfterProcessing = Exclude<
  Fault,
  OutcomeFault | WritingFault | { kind: 'refuse' | 'drop-before' }
>;
