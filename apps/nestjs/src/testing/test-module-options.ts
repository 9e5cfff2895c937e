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

/** The sandbox is done with a request, one way or the other, as soon as its connection is. */
const settlesWithinMs = 100;

/** The options of a FiscalModule towards a sandbox that will run when the providers are created. */
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
