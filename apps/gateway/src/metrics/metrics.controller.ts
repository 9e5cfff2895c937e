import { FiscalService } from '@fiscalkit/nestjs';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { METRICS } from '../tokens.js';
import type { Metrics } from './metrics.js';

/** The figures for Prometheus. */
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(FiscalService) private readonly fiscal: FiscalService,
  ) {}

  @Get()
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const text = await this.metrics.text(this.fiscal);
    reply.header('Content-Type', this.metrics.contentType);
    return text;
  }
}
