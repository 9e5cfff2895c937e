import { type DynamicModule, Module } from '@nestjs/common';
import { FiscalModule } from '../module/fiscal.module.js';
import { FiscalSandbox } from './fiscal-sandbox.js';
import { FISCAL_TESTING_OPTIONS, type FiscalTestingOptions } from './fiscal-testing-options.js';
import { testModuleOptions } from './test-module-options.js';

@Module({})
class FiscalSandboxModule {}

/**
 * A FiscalModule for tests, with a ledger in memory and a sandbox of its own: no set-up, no network beyond
 * localhost. Inject `FiscalSandbox` to see what was registered and to inject faults.
 */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: what Nest calls a dynamic module is a class
export class FiscalTestingModule {
  static forRoot(options: FiscalTestingOptions = {}): DynamicModule {
    const { name, isGlobal = true } = options;
    const sandbox: DynamicModule = {
      module: FiscalSandboxModule,
      global: isGlobal,
      providers: [{ provide: FISCAL_TESTING_OPTIONS, useValue: options }, FiscalSandbox],
      exports: [FiscalSandbox],
    };
    const fiscal = FiscalModule.forRootAsync({
      name,
      isGlobal,
      imports: [sandbox],
      inject: [FiscalSandbox],
      useFactory: (running: FiscalSandbox) => testModuleOptions(running, options),
    });
    return { module: FiscalTestingModule, imports: [sandbox, fiscal], exports: [sandbox, fiscal] };
  }
}
