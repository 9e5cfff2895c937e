import { randomUUID } from 'node:crypto';
import { errorEnvelope, type FiscalError } from '@fiscalkit/schemas';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { FiscalErrorType } from './fiscal-error-type.js';
import { httpStatusOf } from './http-status-of.js';

/** What Express and Fastify have in common. */
interface Response {
  readonly headersSent?: boolean;
  readonly sent?: boolean;
  status(code: number): Response;
  header(name: string, value: string): Response;
  send(body: unknown): unknown;
}

interface Request {
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** After how long a call that may succeed later is worth repeating, in seconds; nothing tells better. */
const retryAfterSeconds = '1';

const plainId = /^[\w.:-]{1,128}$/;

/**
 * Answers an HTTP request that ended with a `FiscalError`, on Express and Fastify, with its status and the envelope of the gateway's answers:
 * `{ error: { code, message, faults, retryable, … } }`. In other contexts (microservices, GraphQL) it does nothing: there the error goes on
 * as it would without it. `app.useGlobalFilters(new FiscalExceptionFilter())`, or `{ provide: APP_FILTER, useClass: FiscalExceptionFilter }`.
 */
@Catch(FiscalErrorType)
export class FiscalExceptionFilter implements ExceptionFilter<FiscalError> {
  readonly #logger = new Logger('Fiscal');

  catch(error: FiscalError, host: ArgumentsHost): void {
    if (host.getType<string>() !== 'http') return;
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const requestId = requestIdOf(error, http.getRequest<Request>());
    const status = httpStatusOf(error);
    if (status === 500)
      this.#logger.error(`request.failed code=${error.code} - ${error.message}`, error.stack);
    if (response.headersSent || response.sent) return;
    if (error.retryable) response.header('Retry-After', retryAfterSeconds);
    response.status(status).send(errorEnvelope(error, requestId));
  }
}

function requestIdOf({ requestId }: FiscalError, { headers }: Request): string {
  const given = headers?.['x-request-id'];
  return requestId ?? (typeof given === 'string' && plainId.test(given) ? given : randomUUID());
}
