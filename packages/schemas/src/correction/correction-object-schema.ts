import { z } from 'zod';
import { circumstances } from '../receipt/receipt-object-schema.js';
import { answerSchema } from '../schema/answer-schema.js';
import { markedCorrectionSchema, plainCorrectionSchema } from './correction-schema.js';

const { origin: _origin, ...ofCorrection } = circumstances;

/** Builds the correction object of a format. The buyer is not echoed. */
function correctionObjectFormat({ shape: { customer: _, ...shape } }: z.ZodObject): z.ZodObject {
  return answerSchema(z.object({ ...shape, ...ofCorrection })) as z.ZodObject;
}

/** Correction objects by name, one for each format. */
export const correctionObjectFormats = {
  'correction-object-ru-1-05': correctionObjectFormat(plainCorrectionSchema),
  'correction-object-ru-1-2': correctionObjectFormat(markedCorrectionSchema),
} as const;

/** Correction object of any format, as `correctionObject` returns it. */
export const correctionObjectSchema = z.discriminatedUnion('receipt_format', [
  correctionObjectFormats['correction-object-ru-1-05'],
  correctionObjectFormats['correction-object-ru-1-2'],
]);
