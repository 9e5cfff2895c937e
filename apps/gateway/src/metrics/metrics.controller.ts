import { setTimeout as sleep } from 'node:timers/promises';
import { FiscalService } from '@fiscalkit/nestjs';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { shareCalls } from '../http/single-flight.js';
import { METRICS } from '../tokens.js';
import type { Metrics } from './metrics.js';

/** Milliseconds that a scrape waits for the ledger; scrapers wait ten seconds, as a rule. */
const ledgerMs = 2_000;

/** Returns the result of the work; `null` when it fails or takes too long. */
async function inTime<Result>(work: Promise<Result>): Promise<Result | null> {
  const late = new AbortController();
  const none = sleep(ledgerMs, null, { signal: late.signal }).catch(() => null);
  try {
    return await Promise.race([work, none]);
  } catch {
    return null;
  } finally {
    late.abort();
  }
}

/** Serves the metrics to Prometheus, whatever the ledger does. */
@Controller('metrics')
export class MetricsController {
  readonly #figures: FiscalService['figures'];
  readonly #checkWrites: FiscalService['checkWrites'];

  constructor(
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(FiscalService) private readonly fiscal: FiscalService,
  ) {
    this.#figures = shareCalls(() => fiscal.figures());
    this.#checkWrites = shareCalls(() => fiscal.checkWrites());
  }

  @Get()
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const [figures, takesWrites] = await Promise.all([
      inTime(this.#figures()),
      inTime(this.#checkWrites().then(() => true)),
    ]);
    const isUp = figures !== null && takesWrites === true;
    const text = await this.metrics.text({ fiscal: this.fiscal, figures, isUp });
    reply.header('Content-Type', this.metrics.contentType);
    return text;
  }
}
