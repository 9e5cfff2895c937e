import { sampleMerchant as documented, type SandboxMerchant } from '@fiscalkit/sandbox';

/** The sample shop of the provider's documentation, in Uzbekistan. */
export const sampleMerchant: SandboxMerchant = { ...documented, company: { inn: '123456789' } };
