import { FiscalError } from '@fiscalkit/schemas';

/** What of a request's method and path is repeated at most. */
const mostCharacters = 200;

/** A request as the gateway saw it: a proxy may have changed it on the way. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** Refuses a signature that holds, and was made for a request other than the one that arrived. */
export class SignatureRefused extends FiscalError {
  readonly seen: SeenRequest;

  constructor(code: 'signature.method' | 'signature.path', { method, path }: SeenRequest) {
    const seen = { method, path: path.slice(0, mostCharacters) };
    const what = code === 'signature.path' ? 'path' : 'method';
    super({
      code,
      message:
        `X-JWS-Signature was made for another ${what}: what arrived here is ${seen.method} ${seen.path}. Sign what the gateway gets, ` +
        'which behind a proxy may be the path without its prefix.',
      retryable: false,
    });
    this.name = 'SignatureRefused';
    this.seen = seen;
  }
}
