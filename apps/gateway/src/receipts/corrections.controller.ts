import { FiscalService } from '@fiscalkit/nestjs';
import { checkCorrectionListQuery, FiscalError, uncheckedCorrection } from '@fiscalkit/schemas';
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
import { createdAnswer } from './created-answer.js';
import { readListQuery } from './list-query.js';
import type { Pages } from './pages.js';

/** Corrections, in the manner of the receipts API; the provider's page has none. */
@Controller('v5/corrections')
@UseGuards(SignatureGuard)
export class CorrectionsController {
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
    const { limits } = this.configuration;
    const waitMs = waitOf(query, limits.waitMs);
    const { correction, ...created } = await this.fiscal.corrections.create({
      merchant,
      correction: uncheckedCorrection(parseStrictJson(bodyOf(request), limits.nesting)),
      ...idempotencyKeyOf(request),
      ...twinOf(request),
      ...(waitMs !== undefined && { waitMs, signal: this.stopping }),
    });
    return createdAnswer({ data: correction, ...created }, { request, reply });
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
      ...readListQuery(checkCorrectionListQuery, query),
      signal: untilClosed(reply.raw),
    };
    return this.pages.print(this.fiscal.corrections.serializeInPortions(requested), { request, reply });
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
      await this.fiscal.corrections.waitFor({ ...requested, timeoutMs, signal: this.stopping });
    }
    const correction = await this.fiscal.corrections.get({ ...requested, utcOffsetHours });
    if (correction) return { data: correction };
    throw new FiscalError({
      code: 'correction.not-found',
      message: 'There is no such correction.',
      retryable: false,
    });
  }
}

function checkedId(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  throw new FiscalError({
    code: 'correction.id.format',
    message: 'The id of a correction is a UUID.',
    retryable: false,
  });
}
