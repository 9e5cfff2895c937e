import { expect, it } from 'vitest';
import { loadConfiguration } from './configuration/load-configuration.js';
import { createLogger } from './logs/logger.js';
import { startGateway } from './start-gateway.js';

const environment = {
  FISCALKIT_MERCHANT_ID: '77',
  FISCALKIT_MERCHANT_SECRET: 'a long secret',
  FISCALKIT_LEDGER_URL: 'sqlite::memory:',
  FISCALKIT_FREEDOMPAY_URL: 'http://169.254.169.254/latest',
  PORT: '0',
};

const start = (changes: Record<string, string>) =>
  startGateway(loadConfiguration({ ...environment, ...changes }), createLogger('silent'));

it('hands on whether a provider may be at an address that nobody means', async () => {
  await expect(start({})).rejects.toMatchObject({ code: 'settings.base-url' });
  const gateway = await start({ FISCALKIT_FREEDOMPAY_ALLOW_PRIVATE: '1' });
  await gateway.close();
});
