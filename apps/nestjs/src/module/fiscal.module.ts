import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventHandlerExplorer } from '../events/event-handler-explorer.js';
import { ConfigurableModuleClass } from './fiscal.module-definition.js';
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
export class FiscalModule extends ConfigurableModuleClass {}
