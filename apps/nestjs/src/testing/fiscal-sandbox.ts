import {
  type FaultControl,
  type Journal,
  type JournalFilter,
  type Sandbox,
  startSandbox,
} from '@fiscalkit/sandbox';
import { FiscalError } from '@fiscalkit/schemas';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  defaultTestMerchants,
  FISCAL_TESTING_OPTIONS,
  type FiscalTestingOptions,
  sandboxMerchant,
} from './fiscal-testing-options.js';

const pollIntervalMs = 10;

/** Timers of the process, taken at load: a test may replace its clock. */
const realTimeout = setTimeout;

function notRegistered(expected: number, registered: number): FiscalError {
  return new FiscalError({
    code: 'sandbox.not-registered',
    message: `The test waited for ${expected} registered receipts, and there are ${registered}.`,
    retryable: false,
  });
}

/** The providers' APIs on localhost, for the time of a test application. */
@Injectable()
export class FiscalSandbox implements OnModuleInit, OnApplicationShutdown {
  readonly #options: FiscalTestingOptions;
  #running: Sandbox | null = null;

  constructor(@Inject(FISCAL_TESTING_OPTIONS) options: FiscalTestingOptions) {
    this.#options = options;
  }

  /** Address that it listens on. */
  get url(): string {
    return this.#sandbox.url;
  }

  /** Faults that a test injects. */
  get faults(): FaultControl {
    return this.#sandbox.faults;
  }

  /** Documents registered so far. */
  journal(filter?: JournalFilter): Journal {
    return this.#sandbox.journal(filter);
  }

  /**
   * Returns the registered receipts, once there are that many: delivery goes on by itself after `create` has
   * returned. Rejects with a `FiscalError`, code `sandbox.not-registered`, when there are fewer after the
   * time, 5,000 milliseconds when absent.
   */
  async registered(count = 1, timeoutMs = 5_000): Promise<Journal['receipts']> {
    const lastPollAt = performance.now() + timeoutMs;
    for (;;) {
      const { receipts } = this.journal();
      if (receipts.length >= count) return receipts;
      if (performance.now() >= lastPollAt) throw notRegistered(count, receipts.length);
      await new Promise((resolve) => realTimeout(resolve, pollIntervalMs));
    }
  }

  /** Forgets everything registered, and restores the fault rules of the start. */
  reset(): void {
    this.#sandbox.reset();
  }

  async onModuleInit(): Promise<void> {
    const { merchants = defaultTestMerchants, faults = [], registrationDelayMs = 0 } = this.#options;
    this.#running = await startSandbox({
      merchants: Object.entries(merchants).map(([id, merchant]) => sandboxMerchant(id, merchant)),
      faults,
      registrationDelayMs,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#running?.close();
  }

  get #sandbox(): Sandbox {
    if (this.#running) return this.#running;
    throw new FiscalError({
      code: 'sandbox.not-running',
      message: 'The sandbox runs once the application is initialised.',
      retryable: false,
    });
  }
}
