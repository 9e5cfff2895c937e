import { FiscalError } from '@fiscalkit/schemas';

/** Length up to which the method and path of a request are repeated. */
const mostCharacters = 200;

/** Request as it arrived, which a proxy may have changed. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** Error for a valid signature of another request than the one that arrived. */
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
