import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventHandlerExplorer } from '../events/event-handler-explorer.js';
import { ConfigurableModuleClass } from './fiscal.module-definition.js';
import { optionsFault } from './fiscal-module-options.js';
import { InstanceNames } from './instance-names.js';
import { LedgerLifecycle } from './ledger-lifecycle.js';

/**
 * Fiscal receipts in a Nest application: import `FiscalModule.forRoot(options)`, or `forRootAsync` with a factory or a
 * `FiscalOptionsFactory`, and inject `FiscalService`. Several instances in one application have a name each.
 */
@Module({
  imports: [DiscoveryModule],
  providers: [InstanceNames, LedgerLifecycle, EventHandlerExplorer],
})
export class FiscalModule extends ConfigurableModuleClass {
  /** Throws a `FiscalError` with code `module.options` without options. */
  static override forRoot(options: Parameters<typeof ConfigurableModuleClass.forRoot>[0]): DynamicModule {
    if (typeof options !== 'object' || options === null)
      throw optionsFault('FiscalModule was given no options.');
    return ConfigurableModuleClass.forRoot.call(FiscalModule, options);
  }
}
