import type { Company } from '@fiscalkit/schemas';

/** A merchant of the emulated receipts API. */
export interface SandboxMerchant {
  readonly id: string;
  /** Key of the merchant's signatures. */
  readonly secretKey: string;
  /** Company shown for receipts that have no company of their own. */
  readonly company: Company;
}

/** Sample merchant of the provider's documentation, with the key of its sample signature. */
export const sampleMerchant: SandboxMerchant = {
  id: '542088',
  secretKey: 'secret_key',
  company: { inn: '5544332219', email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.ru' },
};
