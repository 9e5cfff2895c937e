import { detachedSignature, type Signer } from './detached-signature.js';

/** Request that Swagger UI is about to send. */
export interface PageRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

const signatureHeader = 'X-JWS-Signature';

function textOf(body: unknown): string {
  if (body === undefined || body === null) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Returns the path that the gateway receives: a proxy removes the prefix of the page's address. */
function pathFor(gateway: URL, url: URL): string {
  const isBelow = url.origin === gateway.origin && url.pathname.startsWith(gateway.pathname);
  return isBelow ? url.pathname.slice(gateway.pathname.length - 1) : url.pathname;
}

/**
 * Returns an interceptor that replaces the merchant's credentials, which Swagger UI has put into the header,
 * by the signature: they never leave the page, which was loaded from below `gateway`. Requests without them
 * pass unchanged. It returns a promise where Swagger UI has to wait.
 */
export function signRequest(gateway: URL) {
  return <Request extends PageRequest>(request: Request): Promise<Request> => sign(request, gateway);
}

async function sign<Request extends PageRequest>(request: Request, gateway: URL): Promise<Request> {
  const { [signatureHeader]: credentials, ...headers } = request.headers ?? {};
  if (credentials === undefined) return request;
  const signer = signerOf(credentials);
  if (signer === null) return { ...request, headers };
  if (!globalThis.crypto?.subtle) {
    throw new Error('Browsers sign on pages from https:// or from this machine only. Open this page so.');
  }
  const { url, method = 'GET' } = request;
  const body = textOf(request.body);
  const parts = { method: method.toUpperCase(), path: pathFor(gateway, new URL(url)), body };
  const signature = await detachedSignature(parts, signer);
  return {
    ...request,
    headers: { ...headers, [signatureHeader]: signature },
    ...(body !== '' && { body }),
  };
}

/** Encodes a signer as the text that Swagger UI keeps for a scheme; empty until both parts are there. */
export function signerText({ merchantId, secretKey }: Signer): string {
  return merchantId && secretKey ? JSON.stringify({ merchantId, secretKey }) : '';
}

/** Decodes what {@link signerText} encoded; returns `null` for anything else, as when nothing was entered. */
export function signerOf(kept: unknown): Signer | null {
  if (typeof kept !== 'string' || kept === '') return null;
  const { merchantId, secretKey }: Signer = JSON.parse(kept);
  return { merchantId, secretKey };
}
