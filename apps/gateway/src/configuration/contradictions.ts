import type { Configuration } from './configuration.js';
import type { ConfigurationFault } from './configuration-error.js';

function hasTwins(values: readonly string[]): boolean {
  return new Set(values).size < values.length;
}

/** Faults between settings that are each well-formed. */
export function contradictions({ merchants, openPayments }: Configuration): ConfigurationFault[] {
  const ids = merchants.map(({ id }) => id);
  const faults: ConfigurationFault[] = [];
  if (hasTwins(ids)) faults.push({ setting: 'merchants', message: 'two merchants have the same id' });
  if (hasTwins(merchants.flatMap(({ apiKey }) => apiKey ?? []))) {
    faults.push({ setting: 'merchants', message: 'two merchants have the same API key' });
  }
  if (openPayments !== undefined && !ids.includes(openPayments)) {
    faults.push({ setting: 'openPayments (FISCALKIT_OPEN_PAYMENTS)', message: 'names no merchant' });
  }
  return faults;
}
