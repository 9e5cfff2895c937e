import { steadyReader } from '../schema/compile-after-warm-up.js';
import { type ProviderReceipt, providerReceiptSchema } from './provider-receipt-schema.js';

const read = steadyReader(providerReceiptSchema);

/** Reads a receipt object as a provider sends it, like `providerReceiptSchema`; `null` when it is none. */
export function readProviderReceipt(input: unknown): ProviderReceipt | null {
  return read(input).data ?? null;
}
