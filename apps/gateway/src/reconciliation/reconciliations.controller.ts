import { Readable } from 'node:stream';
import { FiscalService } from '@fiscalkit/nestjs';
import { FiscalError, queryFaults } from '@fiscalkit/schemas';
import { Controller, HttpCode, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access, AdministratorGuard } from '../auth/administrator.guard.js';
import { type AdministratorAccess, Needs } from '../auth/roles.js';
import type { Configuration } from '../configuration/configuration.js';
import { untilClosed } from '../http/until-closed.js';
import { CONFIGURATION, STOPPING } from '../tokens.js';
import { paymentTypes, readPaymentLines } from './payment-lines.js';
import { reconciliationView } from './report-view.js';

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const querySchema = z.strictObject({
  merchant: z.string().min(1),
  from: time,
  to: time,
  country: z.enum(['ru', 'uz']).optional(),
  with_provider: z.enum(['0', '1']).optional(),
});

/** Route for operators to compare payments with the ledger. */
@Controller('admin/reconciliations')
@UseGuards(AdministratorGuard)
export class ReconciliationsController {
  #isBusy = false;

  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {}

  /** Compares the payments of the body, as they arrive; one comparison at a time. */
  @Post()
  @Needs('operate')
  @HttpCode(200)
  async reconcile(
    @Access() access: AdministratorAccess,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { with_provider: withProvider, ...options } = readQuery(query);
    access.merchantsOf([options.merchant]);
    const { bytes, format } = paymentsOf(request, this.configuration.limits.reconciliationBytes);
    if (this.#isBusy) throw busy();
    this.#isBusy = true;
    // The answer comes when all is compared, which may take longer than a client may be silent elsewhere.
    request.raw.socket.setTimeout(0);
    try {
      const report = await this.fiscal.reconcile(readPaymentLines(bytes, format), {
        ...options,
        withProvider: withProvider === '1',
        signal: AbortSignal.any([untilClosed(reply.raw), this.stopping]),
      });
      return { data: reconciliationView(report) };
    } catch (error) {
      if (this.stopping.aborted) throw stopped();
      throw error;
    } finally {
      this.#isBusy = false;
    }
  }
}

function readQuery(query: unknown): z.output<typeof querySchema> {
  const { success, data, error } = querySchema.safeParse(query);
  if (success) return data;
  throw new FiscalError({
    code: 'query.invalid',
    message:
      'The comparison needs merchant, from and to: times with their zone, such as 2026-03-31T00:00:00Z.',
    retryable: false,
    faults: queryFaults(querySchema, error, query),
  });
}

/** Returns the payments of a request's body, which is not read yet. */
function paymentsOf({ headers, body }: FastifyRequest, most: number) {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const format = paymentTypes[type.trim().toLowerCase()];
  if (format !== undefined && body instanceof Readable) {
    if (Number(headers['content-length'] ?? 0) > most) throw tooLarge(most);
    return { format, bytes: upTo(most, body) };
  }
  throw new FiscalError({
    code: 'body.content-type',
    message: `The body must be ${Object.keys(paymentTypes).join(' or ')}, in UTF-8.`,
    retryable: false,
  });
}

async function* upTo(
  most: number,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw tooLarge(most);
    yield chunk;
  }
}

function tooLarge(most: number): FiscalError {
  const message = `A list of payments has at most ${most} bytes here; the command reconcile takes any.`;
  return new FiscalError({ code: 'body.too-large', message, retryable: false });
}

function busy(): FiscalError {
  return new FiscalError({
    code: 'reconciliation.busy',
    message: 'Another comparison is being made; try again when it has ended.',
    retryable: true,
  });
}

function stopped(): FiscalError {
  return new FiscalError({ code: 'gateway.stopping', message: 'The gateway is stopping.', retryable: true });
}
