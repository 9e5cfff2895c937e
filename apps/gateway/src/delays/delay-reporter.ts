import { type FiscalEvent, OnFiscalEvent } from '@fiscalkit/nestjs';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '../logs/logger.js';

import { delayKinds, type Metrics } from '../metrics/metrics.js';
import { LOGGER, METRICS } from '../tokens.js';

/** Logs and counts documents that are delayed or held, each once. */
@Injectable()
export class DelayReporter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  @OnFiscalEvent(delayKinds, { name: 'fiscalkit-gateway.delays' })
  report({ kind, entry }: FiscalEvent): void {
    const { id, merchant, provider, state, reason } = entry;
    this.metrics.delay(kind);
    this.logger.log('warn', kind === 'receipt.held' ? 'entry.held' : 'entry.delayed', {
      kind,
      receipt_id: id,
      merchant,
      provider,
      state,
      ...(reason && { code: reason.code }),
    });
  }
}
