import { z } from 'zod';
import { correctionObjectSchema } from '../correction/correction-object-schema.js';
import { correctionSchema } from '../correction/correction-schema.js';
import { corrections } from '../examples/corrections.js';
import { pendingCorrectionObject, registeredCorrectionObject } from '../examples/receipt-answers.js';
import { correctionListQuerySchema } from '../query/receipt-list-query.js';
import { dataEnvelopeSchema } from './envelope-schemas.js';
import type { PublicDocument } from './public-document.js';

/** Corrections and their list, as the receipts API carries them. */
export const correctionDocuments: readonly PublicDocument[] = [
  {
    name: 'correction',
    schema: correctionSchema,
    readsAbsent: true,
    title: 'Correction',
    description:
      'A correction that a merchant wants registered, of what was settled without a receipt or with a wrong one: in Russia, in FFD 1.05 as sums by VAT rate, in FFD 1.2 with positions. Unknown fields are refused. A member that may be left out may be null or an empty text instead. What ties fields together is in rules.json.',
    direction: 'request',
    examples: corrections,
  },
  {
    name: 'correction-object',
    schema: correctionObjectSchema,
    title: 'Correction object',
    description: 'A correction in its normal form, and how far it has come.',
    direction: 'answer',
    examples: [pendingCorrectionObject, registeredCorrectionObject],
  },
  {
    name: 'correction-answer',
    schema: dataEnvelopeSchema(correctionObjectSchema),
    title: 'Answer with one correction',
    description: 'The answer to creating a correction, and to a request for one.',
    direction: 'answer',
    examples: [{ data: pendingCorrectionObject }, { data: registeredCorrectionObject }],
  },
  {
    name: 'correction-list-answer',
    schema: dataEnvelopeSchema(z.array(correctionObjectSchema)),
    title: 'Answer with corrections',
    description: 'The answer to the list of corrections, newest first.',
    direction: 'answer',
    examples: [{ data: [registeredCorrectionObject] }, { data: [] }],
  },
  {
    name: 'correction-list-query',
    schema: correctionListQuerySchema,
    title: 'Query of the list of corrections',
    description:
      'The query string of the list of corrections as a flat object. Unknown parameters are refused.',
    direction: 'request',
    examples: [{ payment_id: '764239789', operation_type: 'sell_correction', limit: '2' }],
  },
];
