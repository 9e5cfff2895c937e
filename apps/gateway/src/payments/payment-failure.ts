import type { Reason } from '@fiscalkit/client';
import { fiscalBoxFailure } from '@fiscalkit/schemas';
import type { ErrorEnvelope } from '../http/problem.js';

/** The provider's own code for a request whose fields are wrong. */
const validationCode = 7;
/** The provider's own code for a payment that failed on the wallet's side. */
const paymentCode = 106;
/** Our own codes start here, clear of the provider's: 9000 and the HTTP status that would say the same. */
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

/** The answer while the provider has not decided: the same request again gives the outcome once there is one. */
export function confirmationPending(requestId: string) {
  return fiscalBoxFailure({
    code: ownCodes + 202,
    message: 'The confirmation is pending. Repeat the same request to get its outcome.',
    data: { code: 'confirmation.pending', faults: [], retryable: true, request_id: requestId },
  });
}

/** The answer to a confirmation that the provider refused for good. */
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
