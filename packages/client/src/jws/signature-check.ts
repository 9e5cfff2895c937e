/** Why a signature was refused. */
export type SignatureFault =
  | 'signature.malformed'
  | 'signature.algorithm'
  | 'signature.merchant'
  | 'signature.mismatch'
  | 'signature.method'
  | 'signature.path'
  | 'signature.params'
  | ReplayFault;

/** Why a signature that holds was refused all the same: `signature.replay.full` passes with time, the others do not. */
export type ReplayFault =
  | 'signature.replay.missing'
  | 'signature.replay.full'
  | 'signature.expired'
  | 'signature.replayed';

/** A signature that holds: whose it is, and what a replay guard looks at. */
export interface AcceptedSignature {
  readonly ok: true;
  readonly merchantId: string;
  /** The header's `request_id`, where it has one of 1 to 128 visible ASCII characters. */
  readonly requestId?: string;
  /** The header's `iat`, where it has one. */
  readonly issuedAt?: Date;
  /** The header's `idempotency_key`, where it has one. */
  readonly idempotencyKey?: string;
}

/** What the check of a signature came to. */
export type SignatureCheck = AcceptedSignature | { readonly ok: false; readonly code: SignatureFault };

/** The answer to a signature that is not accepted. */
export function refuse(code: SignatureFault): SignatureCheck {
  return { ok: false, code };
}
