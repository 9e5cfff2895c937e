import { confirmationSchemas, type Wallet, wallets } from '../confirmations/confirmation.js';
import { confirmationDataSchemas } from '../confirmations/confirmation-data-schemas.js';
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

const titles: Readonly<Record<Wallet, string>> = {
  anor: 'Anor',
  click: 'Click',
  payme: 'Payme',
  uzum: 'Uzum',
};

/** Confirmations of wallet payments: requests and answers. */
export const confirmationDocuments: readonly PublicDocument[] = namesOf(wallets).flatMap((wallet) => [
  {
    name: `confirmation-${wallet}`,
    schema: confirmationSchemas[wallet],
    title: `Confirmation of a payment of ${titles[wallet]}`,
    description: `Attaches a fiscal receipt at Soliq to a payment of ${titles[wallet]}. Unknown fields are refused.`,
    direction: 'request',
    examples: [confirmations[wallet]],
  },
  {
    name: `confirmation-${wallet}-answer`,
    schema: fiscalBoxAnswerSchema(answerSchema(confirmationDataSchemas[wallet])),
    title: `Answer to a confirmation of ${titles[wallet]}`,
    description: 'Success or failure of a confirmation, always with HTTP 200: is_success tells which.',
    direction: 'answer',
    examples: [confirmationAnswers[wallet], pendingConfirmation, refusedConfirmation],
  },
]);
