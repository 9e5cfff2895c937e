import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import type { FiscalModuleOptions, MerchantOptions } from '../module/fiscal-module-options.js';
import { sqlite } from '../store/sqlite.js';
import type { FiscalSandbox } from './fiscal-sandbox.js';
import {
  defaultTestMerchants,
  type FiscalTestingOptions,
  sandboxMerchant,
  type TestMerchant,
} from './fiscal-testing-options.js';

/** Milliseconds within which the sandbox settles a request whose connection has ended. */
const settlesWithinMs = 100;

/** Returns the options of a FiscalModule on a sandbox that runs once the providers are created. */
export function testModuleOptions(
  sandbox: FiscalSandbox,
  options: FiscalTestingOptions,
): FiscalModuleOptions {
  const { merchants = defaultTestMerchants, delivery, events, deliver } = options;
  return {
    ledger: sqlite({ path: ':memory:' }),
    merchants: Object.fromEntries(
      Object.entries(merchants).map(([id, merchant]) => [id, merchantOptions(sandbox, id, merchant)]),
    ),
    ...(delivery && { delivery }),
    ...(events && { events }),
    ...(deliver !== undefined && { deliver }),
  };
}

function merchantOptions(sandbox: FiscalSandbox, id: string, merchant: TestMerchant): MerchantOptions {
  const { id: merchantId, secretKey } = sandboxMerchant(id, merchant);
  return {
    ...merchant,
    providers: [
      () => createFreedompay({ merchantId, secretKey, baseUrl: sandbox.url, settlesWithinMs }),
      () => createFiscalbox({ baseUrl: sandbox.url, settlesWithinMs }),
    ],
  };
}
