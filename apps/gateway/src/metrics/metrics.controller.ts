import { FiscalService } from '@fiscalkit/nestjs';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { shareCalls } from '../http/share-calls.js';
import { METRICS } from '../tokens.js';
import type { Metrics } from './metrics.js';

/** The figures for Prometheus. */
@Controller('metrics')
export class MetricsController {
  readonly #text: () => Promise<string>;

  constructor(
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(FiscalService) fiscal: FiscalService,
  ) {
    this.#text = shareCalls(() => metrics.text(fiscal));
  }

  @Get()
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const text = await this.#text();
    reply.header('Content-Type', this.metrics.contentType);
    return text;
  }
}
