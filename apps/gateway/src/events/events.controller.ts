import { FiscalService } from '@fiscalkit/nestjs';
import { FiscalError } from '@fiscalkit/schemas';
import { Controller, Get, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MerchantId } from '../auth/merchant-directory.js';
import { SignatureGuard } from '../auth/signature.guard.js';
import type { Configuration } from '../configuration/configuration.js';
import { waitOf } from '../http/request-parameters.js';
import { untilClosed } from '../http/until-closed.js';
import { CONFIGURATION, STOPPING } from '../tokens.js';

/** The merchant's own events, oldest first. */
@Controller('v5/events')
@UseGuards(SignatureGuard)
export class EventsController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {}

  @Get()
  async after(
    @MerchantId() merchant: string,
    @Query() { after, limit, ...others }: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const waitMs = waitOf(others, this.configuration.limits.waitMs);
    const page = await this.fiscal.events.after({
      merchant,
      ...(after !== undefined && { after: cursorOf(after) }),
      ...(limit !== undefined && { limit: numberOf(limit) }),
      ...(waitMs !== undefined && {
        waitMs,
        signal: AbortSignal.any([this.stopping, untilClosed(reply.raw)]),
      }),
    });
    return { data: page.events, cursor: page.cursor, more: page.more };
  }
}

function cursorOf(given: unknown): string {
  if (typeof given === 'string') return given;
  throw new FiscalError({ code: 'events.cursor', message: 'after is one cursor.', retryable: false });
}

/** Returns a number; none that the feed takes for what is written in another way. */
function numberOf(given: unknown): number {
  return typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
}
