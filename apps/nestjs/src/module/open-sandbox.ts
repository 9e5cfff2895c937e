import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalError } from '@fiscalkit/schemas';
import { sqlite } from '../store/sqlite.js';
import type { FiscalModuleOptions, SandboxedMerchant } from './fiscal-module-options.js';
import { isModuleMissing } from './is-module-missing.js';
import type { MerchantOptions } from './merchant-options.js';

/** The providers in this process, and the options of a module that is towards them. */
export interface OpenSandbox {
  readonly url: string;
  readonly options: FiscalModuleOptions & { readonly merchants: Readonly<Record<string, MerchantOptions>> };
  close(): Promise<void>;
}

/** The sandbox is done with a request, one way or the other, as soon as its connection is. */
const settlesWithinMs = 100;

/**
 * Starts the providers' sandbox for the merchants of the options, or the sample shop where they name none. The ledger is in memory unless
 * the options name one, as the sandbox's own books are. Rejects with a `FiscalError`, code `module.sandbox-missing`, where
 * `@fiscalkit/sandbox` is not installed.
 */
export async function openSandbox(options: FiscalModuleOptions): Promise<OpenSandbox> {
  const { startSandbox, sampleMerchant } = await loadSandbox();
  const { id, company, secretKey } = sampleMerchant;
  const demo: Readonly<Record<string, SandboxedMerchant>> = { shop: { receiptMerchantId: id, company } };
  const named = Object.entries(options.merchants ?? demo);
  const sandbox = await startSandbox({
    merchants: named.map(([name, merchant]) => ({
      id: accountOf(name, merchant),
      secretKey,
      company: merchant.company ?? company,
    })),
  });
  const merchants = named.map(([name, { provider: _one, providers: _all, ...merchant }]) => {
    const merchantId = accountOf(name, merchant);
    const providers = [
      () => createFreedompay({ merchantId, secretKey, baseUrl: sandbox.url, settlesWithinMs }),
      () => createFiscalbox({ baseUrl: sandbox.url, settlesWithinMs }),
    ];
    return [name, { ...merchant, providers }] as const;
  });
  const { ledger = sqlite({ path: ':memory:' }) } = options;
  return {
    url: sandbox.url,
    options: { ...options, ledger, merchants: Object.fromEntries(merchants) },
    close: () => sandbox.close(),
  };
}

/** No account of the real provider: documents that wait for one there must not be registered here. */
function accountOf(name: string, { receiptMerchantId = name }: SandboxedMerchant): string {
  return `sandbox-${receiptMerchantId}`;
}

async function loadSandbox() {
  try {
    return await import('@fiscalkit/sandbox');
  } catch (cause) {
    if (!isModuleMissing(cause)) throw cause;
    throw new FiscalError({
      code: 'module.sandbox-missing',
      message:
        'FiscalModule with `sandbox: true` needs a package more: npm install --save-dev @fiscalkit/sandbox',
      retryable: false,
      cause,
    });
  }
}
