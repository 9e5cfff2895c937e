import { FiscalError } from '@fiscalkit/schemas';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { distinct, EventHandlerExplorer } from '../events/event-handler-explorer.js';
import { logLedger } from '../logs/log-ledger.js';
import { loadTelemetry } from '../telemetry/load-telemetry.js';
import { silentTelemetry, type Telemetry } from '../telemetry/telemetry.js';
import { checkModuleOptions, type FiscalModuleOptions } from './fiscal-module-options.js';
import { InstanceNames } from './instance-names.js';
import { type OpenLedger, openLedger } from './open-ledger.js';
import { FISCAL_NAME, FISCAL_OPTIONS } from './tokens.js';

/** Opens, starts, drains and closes the ledger of one module instance with Nest's life cycle. */
@Injectable()
export class LedgerLifecycle
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  readonly #options: FiscalModuleOptions;
  readonly #name: string | undefined;
  readonly #handlers: EventHandlerExplorer;
  readonly #names: InstanceNames;
  readonly #drained = new AbortController();
  #open: OpenLedger | null = null;
  #telemetry: Telemetry = silentTelemetry;

  constructor(
    @Inject(FISCAL_OPTIONS) options: FiscalModuleOptions,
    @Inject(FISCAL_NAME) name: string | undefined,
    @Inject(EventHandlerExplorer) handlers: EventHandlerExplorer,
    @Inject(InstanceNames) names: InstanceNames,
  ) {
    this.#options = checkModuleOptions(options);
    this.#name = name;
    this.#handlers = handlers;
    this.#names = names;
  }

  /** Returns the ledger. Throws a `FiscalError`, code `module.not-open`, before init and after shutdown. */
  get open(): OpenLedger {
    if (this.#open) return this.#open;
    throw new FiscalError({
      code: 'module.not-open',
      message: 'The FiscalModule is open from its initialisation until the application has stopped.',
      retryable: false,
    });
  }

  get telemetry(): Telemetry {
    return this.#telemetry;
  }

  /** Aborted once delivery has stopped: nothing that a caller waits for will happen here any more. */
  get drained(): AbortSignal {
    return this.#drained.signal;
  }

  async onModuleInit(): Promise<void> {
    this.#names.assertOne(this.#name);
    this.#open = await openLedger(this.#options);
    const { ledger, sandboxUrl } = this.#open;
    logLedger(ledger, { name: this.#name, sandboxUrl });
    this.#telemetry = await loadTelemetry(ledger, this.#name);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.#options.deliver === false) return;
    const { ledger } = this.open;
    for (const { name, kinds, handle } of distinct(this.#handlers.find(this.#name)))
      ledger.events.on(name, kinds, handle);
    await ledger.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    const graceMs = this.#options.shutdownGraceMs;
    await this.#open?.ledger.stop(graceMs === undefined ? {} : { graceMs });
    this.#drained.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    this.#telemetry.stop();
    await open?.close();
  }
}
