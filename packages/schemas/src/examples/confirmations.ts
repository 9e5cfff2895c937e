import { faultOf } from '../rules/rules.js';

/** Confirmation of Anor from the provider's page. */
export const documentedConfirmation = {
  transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee',
  qr_code: 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
};

/** Its answer on the provider's page. */
export const documentedAnswer = {
  data: {
    message: 'Fiscalization completed successfully',
    error_code: 0,
    payment_id: 123456,
    transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee',
  },
  error: null,
  is_success: true,
};

const payment_id = '4710103925';

/** Builds a link of its own for each wallet: one receipt can't be attached to two payments. */
function receiptLink(receiptNumber: number, fiscalSign: string): string {
  return `https://ofd.soliq.uz/check?t=UZ170703100597&r=${receiptNumber}&c=20230222120100&s=${fiscalSign}`;
}

const ofClick = { payment_id, qr_code: receiptLink(2905, '113075569255') };
const paid = { _id: '696e0246c9a128176d5934d8', create_time: 1768816711011, pay_time: 1768816711555 };

/** A confirmation of a payment of each wallet. */
export const confirmations = {
  anor: documentedConfirmation,
  click: ofClick,
  payme: { payment_id: paid._id, qr_code: receiptLink(2906, '113075569256') },
  uzum: { payment_id, qr_code: receiptLink(2907, '113075569257') },
};

function success(data: unknown) {
  return { data, error: null, is_success: true };
}

/** Answer to the confirmation of each wallet. */
export const confirmationAnswers = {
  anor: documentedAnswer,
  click: success({
    payment_id: 4710103925,
    inn: '123456789',
    qr_code: ofClick.qr_code,
    status: 'successfully',
    error: null,
  }),
  payme: success({ id: 123, result: { receipt: paid }, error: null }),
  uzum: success({
    payment_id,
    payment_status: 'SUCCESS',
    error_code: '0',
    error_message: null,
    client_phone_number: null,
  }),
};

/** Answer to a confirmation of unknown outcome. */
export const pendingConfirmation = {
  data: null,
  error: {
    code: 9202,
    message: 'The confirmation is pending. Repeat the same request to get its outcome.',
    data: {
      code: 'confirmation.pending',
      faults: [],
      retryable: true,
      request_id: '7c0f5b0e-6f0c-4a51-9f0e-0d3a3a4d8f35',
    },
  },
  is_success: false,
};

/** Answer to a confirmation with faults. */
export const refusedConfirmation = {
  data: null,
  error: {
    code: 7,
    message: 'The confirmation has faults.',
    data: {
      code: 'confirmation.invalid',
      faults: [faultOf('link.host', '$.qr_code')],
      retryable: false,
      request_id: '7c0f5b0e-6f0c-4a51-9f0e-0d3a3a4d8f35',
    },
  },
  is_success: false,
};
