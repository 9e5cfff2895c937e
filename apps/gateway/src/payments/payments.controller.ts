import { FiscalService } from '@fiscalkit/nestjs';
import { fiscalBoxSuccess, type Wallet, wallets } from '@fiscalkit/schemas';
import { Controller, HttpCode, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeyGuard } from '../auth/api-key.guard.js';
import { MerchantId } from '../auth/merchant-directory.js';
import type { Configuration } from '../configuration/configuration.js';
import { idempotencyKeyOf, waitOf } from '../http/request-parameters.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import { CONFIGURATION, STOPPING } from '../tokens.js';
import { confirmationEnvelope, confirmationPending, confirmationRejected } from './payment-failure.js';

/** Default wait of a confirmation for the provider, in milliseconds. */
const defaultWaitMs = 10_000;

/** Wallets by the path of their confirmations. */
const walletsByPath: ReadonlyMap<string, Wallet> = new Map(
  (Object.keys(wallets) as Wallet[]).map((wallet) => [`/payment/${wallet}_confirm`, wallet]),
);

/** Payment confirmations as the provider documents them: HTTP 200, success or failure in the envelope. */
@Controller()
@UseGuards(ApiKeyGuard)
export class PaymentsController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {}

  @Post([...walletsByPath.keys()])
  @HttpCode(200)
  @RouteConfig({ envelope: confirmationEnvelope })
  async confirm(
    @MerchantId() merchant: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { limits } = this.configuration;
    const outcome = await this.fiscal.payments.confirm({
      merchant,
      wallet: walletOf(request),
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

function walletOf(request: FastifyRequest): Wallet {
  const wallet = walletsByPath.get(request.routeOptions.url ?? '');
  if (wallet === undefined) throw new Error('a confirmation has a route without a wallet');
  return wallet;
}
