/** A merchant as the reader of the page has named it. */
export interface Signer {
  readonly merchantId: string;
  readonly secretKey: string;
}

/** What is signed. */
export interface SignedParts {
  readonly method: string;
  /** Path as it is sent, without the query. */
  readonly path: string;
  /** The exact body; empty for a request without one. */
  readonly body: string;
}

const encoder = new TextEncoder();

function base64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Signs a request in the browser: a JWS with HS512 whose payload is left out (`header..signature`, RFC 7515 appendix F). It says
 * when and which it is, so that a merchant with a replay window can use the page too.
 */
export async function detachedSignature(
  { method, path, body }: SignedParts,
  { merchantId, secretKey }: Signer,
): Promise<string> {
  const header = base64Url(
    encoder.encode(
      JSON.stringify({
        uri: path,
        merchant_id: merchantId,
        method,
        params: '',
        request_id: crypto.randomUUID(),
        iat: Math.floor(Date.now() / 1000),
        alg: 'HS512',
      }),
    ),
  );
  const algorithm = { name: 'HMAC', hash: 'SHA-512' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secretKey), algorithm, false, ['sign']);
  const signed = encoder.encode(`${header}.${base64Url(encoder.encode(body))}`);
  return `${header}..${base64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)))}`;
}
