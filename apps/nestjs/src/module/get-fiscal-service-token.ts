/** What the `FiscalService` of a FiscalModule is injected by; give the name of the instance if it has one. */
export function getFiscalServiceToken(name?: string): symbol {
  return Symbol.for(name === undefined ? 'fiscalkit.nestjs.service' : `fiscalkit.nestjs.service:${name}`);
}
