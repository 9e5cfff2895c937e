import type { Signer } from './detached-signature.js';

/** Writes a signer as the one text that Swagger UI keeps for a security scheme; empty until both parts are there. */
export function signerText({ merchantId, secretKey }: Signer): string {
  return merchantId && secretKey ? JSON.stringify({ merchantId, secretKey }) : '';
}

/** Reads what {@link signerText} wrote; `null` for anything else, such as what Swagger UI keeps when nothing was entered. */
export function signerOf(kept: unknown): Signer | null {
  if (typeof kept !== 'string' || kept === '') return null;
  const { merchantId, secretKey }: Signer = JSON.parse(kept);
  return { merchantId, secretKey };
}
