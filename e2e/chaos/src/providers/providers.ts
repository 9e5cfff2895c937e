import { createAtolProvider } from './atol/atol.js';
import type { EmulatedProvider } from './emulated-provider.js';
import { freedompay } from './freedompay.js';
import { createOrangedataProvider } from './orangedata/orangedata.js';

/** Choice of a provider, and the scale of its days. */
export interface ProviderRequest {
  readonly provider: ProviderName;
  /** Length of a day of the provider's memory, in milliseconds, where it is counted in days. */
  readonly dayMs: number;
}

type Creation = (dayMs: number) => EmulatedProvider;

/** Providers that the harness runs with. Another one is an entry here, and a folder of its own. */
const providers = {
  freedompay: () => freedompay,
  'atol-v4': (dayMs) => createAtolProvider('v4', dayMs),
  'atol-v5': (dayMs) => createAtolProvider('v5', dayMs),
  orangedata: (dayMs) => createOrangedataProvider('ru_1_2', dayMs),
  'orangedata-1.05': (dayMs) => createOrangedataProvider('ru_1_05', dayMs),
} as const satisfies Record<string, Creation>;

export type ProviderName = keyof typeof providers;

/** Names of all providers. */
export const providerNames = Object.keys(providers) as ProviderName[];

/** Length of a day where none is given: a lease ends well within the shortest memory. */
export const usualDayMs = 2_000;

export function createProvider({ provider, dayMs }: ProviderRequest): EmulatedProvider {
  return providers[provider](dayMs);
}
