import { verifyDetached } from '@fiscalkit/client/jws';
import { type Answer, errorAnswer } from '../http/answer.js';
import type { Call } from '../http/route.js';
import type { SandboxMerchant } from '../merchant.js';

/** The merchant that signed a call, or the 401 answer to a call without a valid signature. */
export type Authentication =
  | { readonly ok: true; readonly merchant: SandboxMerchant }
  | { readonly ok: false; readonly answer: Answer };

/** Verifies the `X-JWS-Signature` of a call over its exact bytes, method and path. */
export function authenticate(call: Call, merchants: ReadonlyMap<string, SandboxMerchant>): Authentication {
  const token = call.headers['x-jws-signature'];
  if (typeof token !== 'string') return refuse('signature.missing');
  const verification = verifyDetached({
    token,
    body: call.body,
    method: call.method,
    path: call.path,
    query: call.query,
    secretOf: (merchantId) => merchants.get(merchantId)?.secretKey ?? null,
  });
  if (!verification.ok) return refuse(verification.code);
  const merchant = merchants.get(verification.merchantId);
  return merchant === undefined ? refuse('signature.merchant') : { ok: true, merchant };
}

function refuse(code: string): Authentication {
  return { ok: false, answer: errorAnswer(401, code, 'the signature of this request is missing or wrong') };
}
