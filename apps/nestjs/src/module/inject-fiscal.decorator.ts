import { Inject } from '@nestjs/common';

/** Injects the `FiscalService` of the FiscalModule with this name; of the one without a name when absent. */
export function InjectFiscal(name?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getFiscalServiceToken(name));
}

/** What the `FiscalService` of a FiscalModule is injected by; give the name of the instance if it has one. */
export function getFiscalServiceToken(name?: string): symbol {
  return Symbol.for(name === undefined ? 'fiscalkit.nestjs.service' : `fiscalkit.nestjs.service:${name}`);
}
