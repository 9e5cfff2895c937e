import type { Provider } from '@fiscalkit/client';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createLedger, type Ledger, type LedgerStore, type Merchant } from '@fiscalkit/ledger';
import { FiscalError } from '@fiscalkit/schemas';
import { sqlite } from '../store/sqlite.js';
import {
  type FiscalModuleOptions,
  type MerchantOptions,
  optionsFault,
  type ProviderSource,
  type SandboxedMerchant,
} from './fiscal-module-options.js';
import { isModuleMissing } from './is-module-missing.js';

/** A ledger with its store and merchants. */
export interface OpenLedger {
  readonly ledger: Ledger;
  readonly store: LedgerStore;
  readonly merchants: readonly string[];
  /** Address of the providers' sandbox of this process; `null` where there is none. */
  readonly sandboxUrl: string | null;
  /** Closes what was opened for the ledger, not what was given; delivery must have stopped. */
  close(): Promise<void>;
}

/** Opens the ledger; rejects as store, providers and `createLedger` do, with everything closed again. */
export async function openLedger(given: FiscalModuleOptions): Promise<OpenLedger> {
  const opened: { close(): Promise<void> }[] = [];
  const close = () => closeAll(opened.splice(0).reverse());
  const provider = (given: ProviderSource | undefined, merchant: string): Provider => {
    const created: unknown = typeof given === 'function' ? given() : given;
    if (!isProvider(created)) {
      // A promise that is rejected with nobody at it would end the process before the fault is told.
      if (created instanceof Promise) created.catch(() => undefined);
      throw noProvider(merchant, created);
    }
    if (typeof given === 'function') opened.push(created);
    return created;
  };
  try {
    const sandbox = given.sandbox === true ? await openSandbox(given) : null;
    if (sandbox) opened.push(sandbox);
    const options = sandbox?.options ?? given;
    const { ledger: source = sqlite(), delivery, events, lists, feed, callbacks } = options;
    const store = typeof source === 'function' ? await source() : source;
    if (!isStore(store))
      throw optionsFault('The ledger of FiscalModule is none: its function returned no store.');
    if (typeof source === 'function') opened.push(store);
    const merchants = Object.entries(options.merchants ?? {}).map(([id, each]) =>
      merchantOf(id, each, provider),
    );
    const ledger = createLedger({
      store,
      merchants,
      ...(delivery && { delivery }),
      ...(events && { events }),
      ...(lists && { lists }),
      ...(feed !== undefined && { feed }),
      ...(callbacks && { callbacks }),
    });
    const names = merchants.map(({ id }) => id);
    return { ledger, store, merchants: names, sandboxUrl: sandbox?.url ?? null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function merchantOf(
  id: string,
  { provider, providers, ...merchant }: SandboxedMerchant,
  open: (source: ProviderSource | undefined, merchant: string) => Provider,
): Merchant {
  return { ...merchant, id, providers: (providers ?? [provider]).map((source) => open(source, id)) };
}

/** Closes all, one after the other; rejects at the end with the first failure, if there was one. */
async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part.close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

function isProvider(value: unknown): value is Provider {
  return has(value, 'submit') && has(value, 'close') && 'name' in value && 'account' in value;
}

function isStore(value: unknown): value is LedgerStore {
  return has(value, 'accept') && has(value, 'close');
}

function has<Name extends string>(value: unknown, method: Name): value is Readonly<Record<Name, unknown>> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function';
}

function noProvider(merchant: string, created: unknown): FiscalError {
  const what = created instanceof Promise ? 'a promise' : created === null ? 'null' : typeof created;
  return optionsFault(
    `The merchant ${merchant} of FiscalModule has no provider: what should be one, or return one, gave ${what}.`,
  );
}

/** The sandbox of this process, and the options of a module that uses it. */
export interface OpenSandbox {
  readonly url: string;
  readonly options: FiscalModuleOptions & { readonly merchants: Readonly<Record<string, MerchantOptions>> };
  close(): Promise<void>;
}

/** Milliseconds within which the sandbox settles a request whose connection has ended. */
const settlesWithinMs = 100;

/**
 * Starts the providers' sandbox for the merchants of the options, or for the sample shop where they name
 * none. The ledger is in memory unless the options name one, as are the sandbox's own records. Rejects with a
 * `FiscalError`, code `module.sandbox-missing`, where `@fiscalkit/sandbox` is not installed.
 */
async function openSandbox(options: FiscalModuleOptions): Promise<OpenSandbox> {
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

/** Returns no account of the real provider, whose waiting documents must not be registered here. */
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
