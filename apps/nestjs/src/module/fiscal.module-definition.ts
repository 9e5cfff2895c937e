import { ConfigurableModuleBuilder, type Provider } from '@nestjs/common';
import { FiscalService } from '../service/fiscal.service.js';
import type { FiscalModuleOptions } from './fiscal-module-options.js';
import { getFiscalServiceToken } from './inject-fiscal.decorator.js';
import { FISCAL_NAME, FISCAL_OPTIONS } from './tokens.js';

/** Options beside those of the ledger, needed at once even when the latter come later. */
export interface FiscalModuleExtras {
  /** Name of this instance, where there are several; inject its service with `@InjectFiscal(name)`. */
  readonly name?: string | undefined;
  /** Whether every module sees the service without importing FiscalModule; `false` when absent. */
  readonly isGlobal?: boolean;
}

const noExtras: FiscalModuleExtras = { name: undefined, isGlobal: false };

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<FiscalModuleOptions>({
  optionsInjectionToken: FISCAL_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createFiscalOptions')
  .setExtras(noExtras, (definition, { name, isGlobal = false }) => {
    const { providers = [] } = definition;
    const service = serviceProviders(name);
    return {
      ...definition,
      global: isGlobal,
      providers: [...providers, { provide: FISCAL_NAME, useValue: name }, ...service],
      exports: service,
    };
  })
  .build();

/** Only the instance without a name has the class as a token: `get(FiscalService)` finds no other. */
function serviceProviders(name: string | undefined): Provider[] {
  const provide = getFiscalServiceToken(name);
  return name === undefined
    ? [FiscalService, { provide, useExisting: FiscalService }]
    : [{ provide, useClass: FiscalService }];
}
