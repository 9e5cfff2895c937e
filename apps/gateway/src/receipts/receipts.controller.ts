import type { ServerResponse } from 'node:http';
import { FiscalService } from '@fiscalkit/nestjs';
import {
  checkReceiptListQuery,
  FiscalError,
  type FiscalReceipt,
  type ReceiptListQuery,
  uncheckedReceipt,
} from '@fiscalkit/schemas';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MerchantId } from '../auth/merchant-directory.js';
import { SignatureGuard } from '../auth/signature.guard.js';
import type { Configuration } from '../configuration/configuration.js';
import { idempotencyKeyOf, isUuid, twinOf, utcOf, waitOf } from '../http/request-parameters.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import { CONFIGURATION, PAGES, STOPPING } from '../tokens.js';
import type { Pages } from './pages.js';

function checkedId(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  throw new FiscalError({ code: 'receipt.id.format', message: 'A receipt id is a UUID.', retryable: false });
}

/** Receipts API as the provider's page documents it, under `/v1` as well as `/v5`. */
@Controller(['v5/receipts', 'v1/receipts'])
@UseGuards(SignatureGuard)
export class ReceiptsController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
    @Inject(PAGES) private readonly pages: Pages,
  ) {}

  @Post()
  @HttpCode(200)
  async create(
    @MerchantId() merchant: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const waitMs = waitOf(query, this.configuration.limits.waitMs);
    const { receipt, replayed, warnings } = await this.fiscal.receipts.create({
      merchant,
      receipt: this.#document(request),
      ...idempotencyKeyOf(request),
      ...twinOf(request),
      ...(waitMs !== undefined && { waitMs, signal: this.stopping }),
    });
    request.record.receiptId = receipt.receipt_id;
    if (replayed) reply.header('Idempotency-Replayed', 'true');
    if (warnings.length > 0)
      reply.header('Fiscalkit-Warnings', [...new Set(warnings.map(({ code }) => code))].join(', '));
    return { data: receipt };
  }

  /** Returns all faults of a receipt; nothing is stored. */
  @Post('validate')
  @HttpCode(200)
  async validate(@MerchantId() merchant: string, @Req() request: FastifyRequest) {
    return { data: await this.fiscal.receipts.validate({ merchant, receipt: this.#document(request) }) };
  }

  @Get()
  async list(
    @MerchantId() merchant: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const requested = { merchant, query: readListQuery(query), signal: untilClosed(reply.raw) };
    const page = await this.pages.print(this.fiscal.receipts.serializeInPortions(requested), request);
    reply.header('Content-Type', 'application/json; charset=utf-8');
    return page;
  }

  @Get(':receiptId')
  async get(
    @MerchantId() merchant: string,
    @Param('receiptId') receiptId: string,
    @Query() query: Record<string, unknown>,
  ) {
    const { utc, ...others } = query;
    const utcOffsetHours = utcOf(utc);
    const timeoutMs = waitOf(others, this.configuration.limits.waitMs);
    const requested = { merchant, id: checkedId(receiptId) };
    if (timeoutMs !== undefined) {
      await this.fiscal.receipts.waitFor({ ...requested, timeoutMs, signal: this.stopping });
    }
    const receipt = await this.fiscal.receipts.get({ ...requested, utcOffsetHours });
    if (receipt) return { data: receipt };
    throw new FiscalError({
      code: 'receipt.not-found',
      message: 'There is no such receipt.',
      retryable: false,
    });
  }

  #document(request: FastifyRequest): FiscalReceipt {
    return uncheckedReceipt(parseStrictJson(bodyOf(request), this.configuration.limits.nesting));
  }
}

/** Parses the filters of the receipts list. Throws `query.invalid` with every fault. */
function readListQuery(query: Readonly<Record<string, unknown>>): ReceiptListQuery {
  const { utc } = query;
  // A zone may be written with its plus sign, as in the query for one receipt.
  const isSigned = typeof utc === 'string' && /^\+\d/.test(utc);
  const checked = checkReceiptListQuery(isSigned ? { ...query, utc: utc.slice(1) } : query);
  if (checked.ok) return checked.query;
  throw new FiscalError({
    code: 'query.invalid',
    message: 'The filters of the list can not be used.',
    retryable: false,
    faults: checked.faults,
  });
}

/** Returns a signal that is aborted when the answer is sent, or the client is gone. */
function untilClosed(response: ServerResponse): AbortSignal {
  const closed = new AbortController();
  response.once('close', () => closed.abort(requestClosed()));
  return closed.signal;
}

function requestClosed(): FiscalError {
  return new FiscalError({
    code: 'request.closed',
    message: 'The client closed the connection before it was answered.',
    retryable: true,
  });
}
