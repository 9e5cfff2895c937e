import { FiscalService } from '@fiscalkit/nestjs';
import { fiscalBoxSuccess, type Wallet } from '@fiscalkit/schemas';
import { Controller, HttpCode, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeyGuard } from '../auth/api-key.guard.js';
import { MerchantId } from '../auth/merchant-directory.js';
import type { Configuration } from '../configuration/configuration.js';
import { idempotencyKeyOf, waitOf } from '../http/request-parameters.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import { CONFIGURATION, STOPPING } from '../tokens.js';
import { confirmationPending, confirmationRejected } from './payment-failure.js';

/** How long a confirmation waits for the provider when the caller does not say, in milliseconds. */
const defaultWaitMs = 10_000;

type QueryParameters = Readonly<Record<string, unknown>>;

interface Exchange {
  readonly merchant: string;
  readonly query: QueryParameters;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The payment confirmations, as the provider's pages print them: HTTP 200, success or failure in the envelope. */
@Controller('payment')
@UseGuards(ApiKeyGuard)
export class PaymentsController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {}

  @Post('anor_confirm')
  @HttpCode(200)
  anor(
    @MerchantId() merchant: string,
    @Query() query: QueryParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#confirm('anor', { merchant, query, request, reply });
  }

  @Post('click_confirm')
  @HttpCode(200)
  click(
    @MerchantId() merchant: string,
    @Query() query: QueryParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#confirm('click', { merchant, query, request, reply });
  }

  @Post('payme_confirm')
  @HttpCode(200)
  payme(
    @MerchantId() merchant: string,
    @Query() query: QueryParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#confirm('payme', { merchant, query, request, reply });
  }

  @Post('uzum_confirm')
  @HttpCode(200)
  uzum(
    @MerchantId() merchant: string,
    @Query() query: QueryParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#confirm('uzum', { merchant, query, request, reply });
  }

  async #confirm(wallet: Wallet, { merchant, query, request, reply }: Exchange) {
    const { limits } = this.configuration;
    const outcome = await this.fiscal.payments.confirm({
      merchant,
      wallet,
      confirmation: parseStrictJson(bodyOf(request), limits.nesting),
      ...idempotencyKeyOf(request),
      waitMs: waitOf(query, limits.waitMs) ?? defaultWaitMs,
      signal: this.stopping,
    });
    if (outcome.replayed) reply.header('Idempotency-Replayed', 'true');
    const { requestId } = request.record;
    switch (outcome.state) {
      case 'registered':
        return fiscalBoxSuccess(outcome.data);
      case 'rejected':
        return confirmationRejected(outcome.reason, requestId);
      case 'pending':
        return confirmationPending(requestId);
    }
  }
}
