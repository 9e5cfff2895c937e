import { FiscalService } from '@fiscalkit/nestjs';
import { FiscalError } from '@fiscalkit/schemas';
import { Controller, Get, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MerchantId } from '../auth/merchant-directory.js';
import { SignatureGuard } from '../auth/signature.guard.js';
import { untilClosed } from '../http/until-closed.js';
import { dailyView } from './daily-view.js';

/** Reports on the merchant's own receipts. */
@Controller('v5/reports')
@UseGuards(SignatureGuard)
export class ReportsController {
  constructor(@Inject(FiscalService) private readonly fiscal: FiscalService) {}

  /** Counts and sums of one day on the register's clock. */
  @Get('daily')
  async daily(
    @MerchantId() merchant: string,
    @Query() { date, ...others }: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (Object.keys(others).length > 0) {
      const message = 'There is no such query parameter here.';
      throw new FiscalError({ code: 'query.unknown', message, retryable: false });
    }
    const day = typeof date === 'string' ? date : '';
    const report = await this.fiscal.reports.daily({ merchant, date: day, signal: untilClosed(reply.raw) });
    return { data: dailyView(report) };
  }
}
