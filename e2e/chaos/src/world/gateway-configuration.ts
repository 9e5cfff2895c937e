import { administratorKey, merchants } from '../plan/merchants.js';

/**
 * How long one attempt may take, and how long the provider may go on with a request that was given up. The provider's delays
 * before processing stay below the second; a shorter time would make the laboratory itself double documents.
 */
const attemptMs = 1_000;
const settlesWithinMs = 2_500;

/** The configuration file of every gateway; secrets are in the environment. */
export function gatewayConfiguration(providerUrl: string): object {
  return {
    host: '127.0.0.1',
    logLevel: 'warn',
    ledgerUrl: { env: 'LABORATORY_LEDGER_URL' },
    adminKey: { env: 'LABORATORY_ADMIN_KEY' },
    merchants: merchants.map(({ id, inn, providerId }) => ({
      id,
      secretKey: { env: variable('SIGNATURE', id) },
      apiKey: { env: variable('API_KEY', id) },
      company: { inn, tax_system: 'osn', payment_address: 'shop.example', email: 'shop@example.com' },
      freedompay: {
        baseUrl: providerUrl,
        merchantId: providerId,
        secretKey: { env: variable('PROVIDER', id) },
        attemptMs,
        settlesWithinMs,
      },
      fiscalbox: { baseUrl: providerUrl, attemptMs },
    })),
  };
}

/** The environment that the configuration file refers to. */
export function gatewaySecrets(ledgerUrl: string): Record<string, string> {
  const ofMerchants = merchants.flatMap(({ id, secretKey, apiKey, providerKey }) => [
    [variable('SIGNATURE', id), secretKey],
    [variable('API_KEY', id), apiKey],
    [variable('PROVIDER', id), providerKey],
  ]);
  return {
    LABORATORY_LEDGER_URL: ledgerUrl,
    LABORATORY_ADMIN_KEY: administratorKey,
    ...Object.fromEntries(ofMerchants),
  };
}

function variable(what: string, merchantId: string): string {
  return `LABORATORY_${what}_${merchantId}`;
}
