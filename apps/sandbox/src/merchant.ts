import type { Company } from '@fiscalkit/schemas';

/** A shop that the emulated receipts API knows. */
export interface SandboxMerchant {
  readonly id: string;
  /** The key of the shop's signatures. */
  readonly secretKey: string;
  /** Printed in the answers for receipts that name no company of their own. */
  readonly company: Company;
}

/** The sample shop of the provider's documentation, with the key of its sample signature. */
export const sampleMerchant: SandboxMerchant = {
  id: '542088',
  secretKey: 'secret_key',
  company: { inn: '5544332219', email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.ru' },
};
