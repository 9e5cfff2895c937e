import { FiscalError } from '@fiscalkit/schemas';

/** Refuses a request of somebody who asks too often, and says when to ask again. */
export class TooManyRequests extends FiscalError {
  readonly retryAfterSeconds: number;

  constructor({ code, message, waitMs }: { code: string; message: string; waitMs: number }) {
    super({ code, message, retryable: true });
    this.name = 'TooManyRequests';
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}
