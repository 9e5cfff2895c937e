import { randomUUID } from 'node:crypto';
import { errorEnvelope, type FiscalError, isFiscalError } from '@fiscalkit/schemas';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';

/** Stands for our errors where a framework uses `instanceof`: each copy of the package has its class. */
// biome-ignore lint/complexity/noStaticOnlyClass: what Nest catches by is a class
class FiscalErrorType {
  static [Symbol.hasInstance](value: unknown): boolean {
    return isFiscalError(value);
  }
}

/** Statuses of error codes, for the gateway too; an unlisted code has the status of its first part. */
const statuses: Readonly<Record<string, number>> = {
  account: 409,
  amount: 422,
  closing: 422,
  confirmation: 409,
  correction: 422,
  entry: 409,
  events: 400,
  export: 400,
  field: 422,
  idempotency: 400,
  intervention: 422,
  ledger: 503,
  link: 422,
  lists: 503,
  merchant: 422,
  origin: 409,
  provider: 502,
  payments: 422,
  quantity: 422,
  query: 400,
  receipt: 422,
  reconciliation: 400,
  refund: 422,
  report: 400,
  search: 400,
  'closing.exceeds-prepaid': 409,
  'confirmation.invalid': 422,
  'correction.not-found': 404,
  'entry.not-found': 404,
  'events.busy': 429,
  'events.gone': 410,
  'events.off': 404,
  'idempotency.conflict': 409,
  'intervention.needs-evidence': 409,
  'ledger.transactions-unsupported': 500,
  'lists.busy': 429,
  'module.not-open': 503,
  'payment.busy': 503,
  'payment.crowded': 409,
  'provider.unsupported': 422,
  'receipt.busy': 409,
  'receipt.mark-known': 409,
  'receipt.not-found': 404,
  'receipt.twin': 409,
  'reconciliation.busy': 429,
  'refund.exceeds-sale': 409,
};

/** Returns the HTTP status of an error; 500 for one that no caller can mend. */
export function httpStatusOf({ code }: Pick<FiscalError, 'code'>): number {
  return statuses[code] ?? statuses[code.slice(0, code.indexOf('.'))] ?? 500;
}

/** The part of an answer that Express and Fastify have in common. */
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

/** Seconds until a call that may succeed later is worth repeating, where nothing else is known. */
const retryAfterSeconds = '1';

const plainId = /^[\w.:-]{1,128}$/;

/**
 * Answers an HTTP request that ended with a `FiscalError`, on Express and Fastify, with its status and the
 * envelope of the gateway's answers: `{ error: { code, message, faults, retryable, … } }`. With
 * `@UseFilters(FiscalExceptionFilter)` on a WebSocket gateway, its client receives the event `exception`, as
 * from Nest's own filter, with the same envelope. In other contexts (microservices, GraphQL) it does nothing:
 * the error goes on as it would without it. `app.useGlobalFilters(new FiscalExceptionFilter())`, or
 * `{ provide: APP_FILTER, useClass: FiscalExceptionFilter }`.
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
    else report(error, host.switchToWs().getClient<SocketClient>());
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

/** Sends the error to the client, who would wait for ever: Nest leaves that to the filter. */
function report(error: FiscalError, client: SocketClient): void {
  const data = { status: 'error', ...errorEnvelope(error, requestIdOf(error, {})), message: error.message };
  if (client.readyState === undefined) client.emit?.('exception', data);
  else client.send?.(JSON.stringify({ event: 'exception', data }));
}

function requestIdOf({ requestId }: FiscalError, { headers }: Request): string {
  const given = headers?.['x-request-id'];
  return requestId ?? (typeof given === 'string' && plainId.test(given) ? given : randomUUID());
}
