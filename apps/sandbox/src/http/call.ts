import type { IncomingHttpHeaders } from 'node:http';

/** One HTTP request, read whole. */
export interface Call {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Query as sent, without the question mark; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** The exact bytes of the body. */
  readonly body: Buffer;
  /** The body as JSON; `undefined` when it is not JSON. */
  readonly document: unknown;
  /** The last segment of a path that names one thing; `null` where the path names none. */
  readonly id: string | null;
}
