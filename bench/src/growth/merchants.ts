/** The tenants of the ledgers under test; each has a tenth of the receipts. */
export const merchants: readonly string[] = Array.from({ length: 10 }, (_, index) => `merchant-${index}`);
