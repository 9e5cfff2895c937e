import type { ProviderFactory } from '@fiscalkit/client';
import { atol } from '@fiscalkit/client/atol';
import { orangedata } from '@fiscalkit/client/orangedata';

/**
 * Providers of receipts whose settings are data, by the name of their section in the file. Adding one is a line
 * here: file, variables, `--help` and guide are made from it.
 */
export const providerFactories: Readonly<Record<string, ProviderFactory>> = { atol, orangedata };
