import { Inject } from '@nestjs/common';
import { getFiscalServiceToken } from './get-fiscal-service-token.js';

/** Injects the `FiscalService` of the FiscalModule with this name; of the one without a name when absent. */
export function InjectFiscal(name?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getFiscalServiceToken(name));
}
