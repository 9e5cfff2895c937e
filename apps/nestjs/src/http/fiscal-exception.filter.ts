import { randomUUID } from 'node:crypto';
import { errorEnvelope, type FiscalError, isFiscalError } from '@fiscalkit/schemas';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';

/** Stands for the class of our errors where a framework asks with `instanceof`: every copy of the package has a class of its own. */
// biome-ignore lint/complexity/noStaticOnlyClass: what Nest catches by is a class
class FiscalErrorType {
  static [Symbol.hasInstance](value: unknown): boolean {
    return isFiscalError(value);
  }
}

/** Statuses of error codes, in the gateway too; a code that is not listed takes the status of its first part. */
const statuses: Readonly<Record<string, number>> = {
  account: 409,
  amount: 422,
  confirmation: 409,
  entry: 409,
  field: 422,
  idempotency: 400,
  intervention: 422,
  ledger: 503,
  link: 422,
  lists: 503,
  merchant: 422,
  provider: 502,
  quantity: 422,
  query: 400,
  receipt: 422,
  'confirmation.invalid': 422,
  'entry.not-found': 404,
  'idempotency.conflict': 409,
  'ledger.transactions-unsupported': 500,
  'lists.busy': 429,
  'module.not-open': 503,
  'payment.busy': 503,
  'provider.unsupported': 422,
  'receipt.not-found': 404,
  'receipt.twin': 409,
};

/** The HTTP status that says what the error is to a caller; 500 for what no caller can do anything about. */
export function httpStatusOf({ code }: Pick<FiscalError, 'code'>): number {
  return statuses[code] ?? statuses[code.slice(0, code.indexOf('.'))] ?? 500;
}

/** What Express and Fastify have in common. */
interface Response {
  readonly headersSent?: boolean;
  readonly sent?: boolean;
  status(code: number): Response;
  header(name: string, value: string): Response;
  send(body: unknown): unknown;
}

/** A client of a WebSocket gateway: of socket.io, or of `ws`, which knows no events. */
interface SocketClient {
  emit?(event: string, payload: unknown): unknown;
  send?(text: string): unknown;
  readonly readyState?: unknown;
}

interface Request {
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** After how long a call that may succeed later is worth repeating, in seconds; nothing tells better. */
const retryAfterSeconds = '1';

const plainId = /^[\w.:-]{1,128}$/;

/**
 * Answers an HTTP request that ended with a `FiscalError`, on Express and Fastify, with its status and the envelope of the gateway's answers:
 * `{ error: { code, message, faults, retryable, … } }`. With `@UseFilters(FiscalExceptionFilter)` on a WebSocket gateway, its client gets
 * the event `exception`, as of Nest's own filter, with the same envelope. In other contexts (microservices, GraphQL) it does nothing: there the error goes on as it would without it. `app.useGlobalFilters(new FiscalExceptionFilter())`, or `{ provide: APP_FILTER, useClass: FiscalExceptionFilter }`.
 */
@Catch(FiscalErrorType)
export class FiscalExceptionFilter implements ExceptionFilter<FiscalError> {
  readonly #logger = new Logger('Fiscal');

  catch(error: FiscalError, host: ArgumentsHost): void {
    const type = host.getType<string>();
    if (type !== 'http' && type !== 'ws') return;
    const status = httpStatusOf(error);
    if (status === 500)
      this.#logger.error(`request.failed code=${error.code} - ${error.message}`, error.stack);
    if (type === 'http') answer(error, status, host);
    else tell(error, host.switchToWs().getClient<SocketClient>());
  }
}

function answer(error: FiscalError, status: number, host: ArgumentsHost): void {
  const http = host.switchToHttp();
  const response = http.getResponse<Response>();
  const requestId = requestIdOf(error, http.getRequest<Request>());
  if (response.headersSent || response.sent) return;
  if (error.retryable) response.header('Retry-After', retryAfterSeconds);
  response.status(status).send(errorEnvelope(error, requestId));
}

/** Tells the client: Nest does nothing more once a filter has taken an error of a gateway, and the client would wait for ever. */
function tell(error: FiscalError, client: SocketClient): void {
  const data = { status: 'error', ...errorEnvelope(error, requestIdOf(error, {})), message: error.message };
  if (client.readyState === undefined) client.emit?.('exception', data);
  else client.send?.(JSON.stringify({ event: 'exception', data }));
}

function requestIdOf({ requestId }: FiscalError, { headers }: Request): string {
  const given = headers?.['x-request-id'];
  return requestId ?? (typeof given === 'string' && plainId.test(given) ? given : randomUUID());
}
