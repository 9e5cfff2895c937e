import type { Reason } from '@fiscalkit/client';
import { fiscalBoxFailure } from '@fiscalkit/schemas';
import type { ErrorEnvelope } from '../http/problem.js';

/** Provider's code for a request with invalid fields. */
const validationCode = 7;
/** Provider's code for a payment that failed at the wallet. */
const paymentCode = 106;
/** Beginning of our own codes, clear of the provider's: 9000 and the HTTP status of the same meaning. */
const ownCodes = 9000;

/** Envelope of errors on our side of the provider: HTTP 200, the failure in the body. */
export const confirmationEnvelope: ErrorEnvelope = (problem, requestId) => {
  const { status, code, message, faults, retryable } = problem;
  const body = fiscalBoxFailure({
    code: faults.length > 0 ? validationCode : ownCodes + status,
    message,
    data: { code, faults, retryable, request_id: requestId },
  });
  return { status: 200, body };
};

/** Returns the answer while the provider has not decided; a repeat gets the outcome once there is one. */
export function confirmationPending(requestId: string) {
  return fiscalBoxFailure({
    code: ownCodes + 202,
    message: 'The confirmation is pending. Repeat the same request to get its outcome.',
    data: { code: 'confirmation.pending', faults: [], retryable: true, request_id: requestId },
  });
}

/** Returns the answer to a confirmation that the provider rejected for good. */
export function confirmationRejected(reason: Reason, requestId: string) {
  const { providerCode, providerMessage } = reason;
  const code = Number(providerCode);
  return fiscalBoxFailure({
    code: Number.isSafeInteger(code) && code !== 0 ? code : paymentCode,
    message: reason.message,
    data: {
      code: reason.code,
      faults: [],
      retryable: false,
      request_id: requestId,
      ...(providerCode !== undefined && { provider_code: providerCode }),
      ...(providerMessage !== undefined && { provider_message: providerMessage }),
    },
  });
}
