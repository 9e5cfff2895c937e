import { errorEnvelopeSchema, faultSchema } from './envelope-schemas.js';
import type { PublicDocument } from './public-document.js';

const fault = {
  code: 'receipt.total.mismatch',
  path: '$.total',
  message: 'The total is not the sum of the positions: the positions add up to 200.00.',
};

/** Faults and errors. */
export const errorDocuments: readonly PublicDocument[] = [
  {
    name: 'fault',
    schema: faultSchema,
    title: 'Fault',
    description: 'What is wrong, or doubtful, in one place of a document. The code is permanent.',
    direction: 'answer',
    examples: [{ ...fault, severity: 'fault' }],
  },
  {
    name: 'error-answer',
    schema: errorEnvelopeSchema,
    title: 'Error of the receipts API',
    description: 'The body of every answer of the receipts API with a status of 400 or above.',
    direction: 'answer',
    examples: [
      {
        error: {
          message: 'The receipt has faults.',
          code: 'receipt.invalid',
          errors: { [fault.path]: [fault.message] },
          faults: [fault],
          retryable: false,
          request_id: '7c0f5b0e-6f0c-4a51-9f0e-0d3a3a4d8f35',
        },
      },
    ],
  },
];
