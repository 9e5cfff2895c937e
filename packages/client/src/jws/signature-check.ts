/** Reason for which a signature was refused. */
export type SignatureFault =
  | 'signature.malformed'
  | 'signature.algorithm'
  | 'signature.merchant'
  | 'signature.mismatch'
  | 'signature.method'
  | 'signature.path'
  | 'signature.params'
  | ReplayFault;

/** Reason to refuse a valid signature: only `signature.replay.full` passes with time. */
export type ReplayFault =
  | 'signature.replay.missing'
  | 'signature.replay.full'
  | 'signature.expired'
  | 'signature.replayed';

/** Valid signature: its merchant, and the claims that a replay guard checks. */
export interface AcceptedSignature {
  readonly ok: true;
  readonly merchantId: string;
  /** Header's `request_id`, if it has one of 1 to 128 visible ASCII characters. */
  readonly requestId?: string;
  /** Header's `iat`, if it has one. */
  readonly issuedAt?: Date;
  /** Header's `idempotency_key`, if it has one. */
  readonly idempotencyKey?: string;
}

/** Result of the check of a signature. */
export type SignatureCheck = AcceptedSignature | { readonly ok: false; readonly code: SignatureFault };

/** Returns the refusal of a signature. */
export function refuse(code: SignatureFault): SignatureCheck {
  return { ok: false, code };
}
