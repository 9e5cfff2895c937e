import { confirmationSchemas } from '../confirmations/confirmation.js';
import { confirmationDataSchemas, wallets } from '../confirmations/wallets.js';
import {
  confirmationAnswers,
  confirmations,
  pendingConfirmation,
  refusedConfirmation,
} from '../examples/confirmations.js';
import { namesOf } from '../fields/choice-field.js';
import { answerSchema } from '../schema/answer-schema.js';
import { fiscalBoxAnswerSchema } from './envelope-schemas.js';
import type { PublicDocument } from './public-document.js';

/** Confirmations of wallet payments: requests and answers. */
export const confirmationDocuments: readonly PublicDocument[] = namesOf(wallets).flatMap((wallet) => [
  {
    name: `confirmation-${wallet}`,
    schema: confirmationSchemas[wallet],
    title: `Confirmation of a payment of ${wallets[wallet].title}`,
    description: `Attaches a fiscal receipt at Soliq to a payment of ${wallets[wallet].title}. Unknown fields are refused.`,
    direction: 'request',
    examples: [confirmations[wallet]],
  },
  {
    name: `confirmation-${wallet}-answer`,
    schema: fiscalBoxAnswerSchema(answerSchema(confirmationDataSchemas[wallet])),
    title: `Answer to a confirmation of ${wallets[wallet].title}`,
    description: 'Success or failure of a confirmation, always with HTTP 200: is_success tells which.',
    direction: 'answer',
    examples: [confirmationAnswers[wallet], pendingConfirmation, refusedConfirmation],
  },
]);
