/** Merchant whose credentials were entered in the page. */
export interface Signer {
  readonly merchantId: string;
  readonly secretKey: string;
}

/** Signed parts of a request. */
export interface SignedContent {
  readonly method: string;
  /** Path as it is sent, without the query. */
  readonly path: string;
  /** Exact body; empty for a request without one. */
  readonly body: string;
}

const encoder = new TextEncoder();

function base64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Signs a request in the browser: a JWS with HS512 and a detached payload (`header..signature`, RFC 7515
 * appendix F). It carries an id and a time, so that a merchant with a replay window can use the page too.
 */
export async function detachedSignature(
  { method, path, body }: SignedContent,
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
