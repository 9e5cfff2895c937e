import { type Wallet, wallets } from '@fiscalkit/schemas';
import { publicDocuments } from '@fiscalkit/schemas/documents';
import { errorAnswers, goodAnswer, jsonOf } from './answers.js';
import { parameterRef } from './references.js';

/** Describes the confirmations of wallet payments. */
export function paymentPaths() {
  const names = Object.keys(wallets) as Wallet[];
  return Object.fromEntries(names.map((wallet) => [`/payment/${wallet}_confirm`, { post: confirm(wallet) }]));
}

function confirm(wallet: Wallet) {
  const title = publicDocuments.find(({ name }) => name === `confirmation-${wallet}`)?.title ?? '';
  return {
    operationId: `confirm${wallet.charAt(0).toUpperCase()}${wallet.slice(1)}Payment`,
    tags: ['Payments'],
    security: [{ apiKey: [] }],
    summary: title,
    description:
      'Attaches a receipt at Soliq to the payment. Answers with HTTP 200 whatever happens: `is_success` tells success from failure, and `error.data.code` is our permanent code. `confirmation.pending` means: repeat the same request to get the outcome. Where the operator allows it, no key is needed.',
    parameters: [parameterRef('Idempotency-Key'), parameterRef('wait'), parameterRef('X-Request-Id')],
    requestBody: {
      required: true,
      description: 'The confirmation.',
      content: jsonOf(`confirmation-${wallet}`),
    },
    responses: {
      200: goodAnswer('Success or failure.', `confirmation-${wallet}-answer`, [
        'Idempotency-Replayed',
        'Retry-After',
      ]),
      ...errorAnswers([]),
    },
  };
}
