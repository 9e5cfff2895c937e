import type { Fault, ReceiptObject } from '@fiscalkit/schemas';
import type { IncomingHttpHeaders } from 'undici/types/header.js';

/** Error body of an answer. */
export interface ReplyError {
  readonly code: string | number;
  readonly message: string;
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly faults: readonly Fault[];
}

/** Answer to a request of a test. */
export class Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;

  constructor(status: number, headers: IncomingHttpHeaders, text: string) {
    this.status = status;
    this.headers = headers;
    this.text = text;
  }

  /** Parses the body as JSON. */
  json(): unknown {
    return JSON.parse(this.text);
  }

  /** Returns the receipt of a create or get answer. */
  receipt(): ReceiptObject {
    return JSON.parse(this.text).data;
  }

  /** Returns the receipts of a list answer. */
  receipts(): ReceiptObject[] {
    return JSON.parse(this.text).data;
  }

  error(): ReplyError {
    return JSON.parse(this.text).error;
  }
}
