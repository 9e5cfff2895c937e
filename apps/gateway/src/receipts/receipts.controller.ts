import { type CreatedReceipt, derivedFaults } from '@fiscalkit/ledger';
import { type DerivedReceipts, FiscalService } from '@fiscalkit/nestjs';
import {
  checkClosingRequest,
  checkImportRequest,
  checkReceiptListQuery,
  checkRefundRequest,
  type Fault,
  FiscalError,
  type FiscalReceipt,
  isFiscalError,
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
import { untilClosed } from '../http/until-closed.js';
import { CONFIGURATION, PAGES, STOPPING } from '../tokens.js';
import { createdAnswer, type Exchange } from './created-answer.js';
import { readListQuery } from './list-query.js';
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
    const wait = this.#wait(query);
    const created = await this.fiscal.receipts.create({
      merchant,
      receipt: this.#document(request),
      ...idempotencyKeyOf(request),
      ...twinOf(request),
      ...wait,
    });
    return answerOf(created, { request, reply });
  }

  /** Refunds all that is left of a receipt, or what the body names. */
  @Post(':receiptId/refund')
  @HttpCode(200)
  async refund(
    @MerchantId() merchant: string,
    @Param('receiptId') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const receiptId = checkedId(id);
    const wait = this.#wait(query);
    const { refund_id: refundId, ...content } = this.#requested(checkRefundRequest, request);
    const key = idempotencyKeyOf(request);
    const refunded = await this.fiscal.receipts.refund({
      merchant,
      receiptId,
      ...content,
      refundId,
      ...key,
      ...wait,
    });
    return answerWithAll(refunded, { request, reply });
  }

  /** Makes the closing receipt of all that is left of a prepayment, or of what the body names. */
  @Post(':receiptId/close')
  @HttpCode(200)
  async close(
    @MerchantId() merchant: string,
    @Param('receiptId') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const receiptId = checkedId(id);
    const wait = this.#wait(query);
    const {
      delivery_id: deliveryId,
      delivered_on: deliveredOn,
      ...content
    } = this.#requested(checkClosingRequest, request);
    const key = idempotencyKeyOf(request);
    const closed = await this.fiscal.receipts.close({
      merchant,
      receiptId,
      ...content,
      deliveryId,
      deliveredOn,
      ...key,
      ...wait,
    });
    return answerWithAll(closed, { request, reply });
  }

  /** Takes a receipt that another system registered, so that it can be refunded and closed. */
  @Post('registered')
  @HttpCode(200)
  async importRegistered(
    @MerchantId() merchant: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { receipt, receipt_link: link } = this.#requested(checkImportRequest, request);
    const imported = { merchant, receipt: uncheckedReceipt(receipt), link };
    const found = await this.fiscal.receipts.importRegistered(imported).catch((error) => {
      throw faultsWithin('$.receipt', error);
    });
    return answerOf({ ...found, warnings: [] }, { request, reply });
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
    const requested = {
      merchant,
      ...readListQuery(checkReceiptListQuery, query),
      signal: untilClosed(reply.raw),
    };
    return this.pages.print(this.fiscal.receipts.serializeInPortions(requested), { request, reply });
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

  /** Returns the checked body; without one, that of an empty object. Throws `receipt.invalid` with every fault. */
  #requested<Requested>(check: RequestCheck<Requested>, request: FastifyRequest): Requested {
    const body = bodyOf(request);
    const checked = check(body.length === 0 ? {} : parseStrictJson(body, this.configuration.limits.nesting));
    if (checked.ok) return checked.request;
    throw derivedFaults(checked.faults);
  }

  #wait(query: Readonly<Record<string, unknown>>): { waitMs?: number; signal?: AbortSignal } {
    const waitMs = waitOf(query, this.configuration.limits.waitMs);
    return waitMs === undefined ? {} : { waitMs, signal: this.stopping };
  }
}

type RequestCheck<Requested> = (
  body: unknown,
) => { readonly ok: true; readonly request: Requested } | { readonly ok: false; readonly faults: Fault[] };

/** Returns the answer with a receipt that was accepted. */
function answerOf({ receipt, ...created }: CreatedReceipt, exchange: Exchange) {
  return createdAnswer({ data: receipt, ...created }, exchange);
}

/** Returns the answer with all receipts that were made from another. */
function answerWithAll(derived: DerivedReceipts, exchange: Exchange) {
  const [, ...further] = derived.receipts;
  return { ...answerOf(derived, exchange), ...(further.length > 0 && { further }) };
}

/** Returns an error whose faults are of the whole body, of one about the document at this path of it. */
function faultsWithin(place: string, error: unknown): unknown {
  if (!isFiscalError(error) || error.faults.length === 0) return error;
  const { code, message, retryable } = error;
  const faults = error.faults.map((fault) => ({ ...fault, path: `${place}${fault.path.slice(1)}` }));
  return new FiscalError({ code, message, retryable, faults });
}
