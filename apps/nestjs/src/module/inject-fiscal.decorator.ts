import { Inject } from '@nestjs/common';

/** Injects the `FiscalService` of the FiscalModule with this name, or of the one without a name. */
export function InjectFiscal(name?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getFiscalServiceToken(name));
}

/** Returns the injection token of a `FiscalService`; give the name of the instance if it has one. */
export function getFiscalServiceToken(name?: string): symbol {
  return Symbol.for(name === undefined ? 'fiscalkit.nestjs.service' : `fiscalkit.nestjs.service:${name}`);
}
