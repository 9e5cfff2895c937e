import type { Fault, ReceiptObject } from '@fiscalkit/schemas';
import type { IncomingHttpHeaders } from 'undici/types/header.js';

/** An error body as a test looks at it. */
export interface ReplyError {
  readonly code: string | number;
  readonly message: string;
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly faults: readonly Fault[];
}

/** An answer as a test looks at it. */
export class Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;

  constructor(status: number, headers: IncomingHttpHeaders, text: string) {
    this.status = status;
    this.headers = headers;
    this.text = text;
  }

  /** The body as JSON. */
  json(): unknown {
    return JSON.parse(this.text);
  }

  /** The receipt of a create or get answer. */
  receipt(): ReceiptObject {
    return JSON.parse(this.text).data;
  }

  /** The receipts of a list answer. */
  receipts(): ReceiptObject[] {
    return JSON.parse(this.text).data;
  }

  error(): ReplyError {
    return JSON.parse(this.text).error;
  }
}
