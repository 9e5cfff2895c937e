import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { administratorKey, callbackKey, merchantOf } from '../generator/merchants.js';
import type { MutationName } from '../mutations/mutations.js';
import type { EmulatedProvider } from '../providers/emulated-provider.js';
import type { EndpointName } from '../receiver/receiver.js';
import { ownFile, ProgramSlot, until } from './program-slot.js';

export type GatewayRole = 'all' | 'api' | 'worker';

/** What a process has written before it is ready reaches the log a little later. */
const reportWait = { everyMs: 20, forMs: 1_000 };

/** Settings of a gateway. */
export interface GatewaySettings {
  readonly name: string;
  readonly role: GatewayRole;
  readonly port: number;
  readonly folder: string;
  readonly configurationFile: string;
  readonly ledgerUrl: string;
  /** Provider of the merchants in the configuration. */
  readonly provider: EmulatedProvider;
  /** The safety that its ledger runs without; `null` for the whole ledger. */
  readonly without: MutationName | null;
}

/** One gateway, as a process of its own with a clock that can be shifted. */
export class Gateway {
  readonly name: string;
  readonly role: GatewayRole;
  readonly url: string;
  readonly slot: ProgramSlot;
  readonly #clockFile: string;
  readonly #logFile: string;
  readonly #without: MutationName | null;

  constructor(settings: GatewaySettings) {
    const { name, role, port, folder, configurationFile, ledgerUrl, provider, without } = settings;
    this.name = name;
    this.role = role;
    this.url = `http://127.0.0.1:${port}`;
    this.#clockFile = join(folder, `${name}.clock`);
    this.#logFile = join(folder, `${name}.log`);
    this.#without = without;
    this.setClock(0);
    const preloads = ['./shifted-clock', ...(without ? ['../mutations/replace-ledger'] : [])];
    const program = fileURLToPath(new URL('main.js', import.meta.resolve('@fiscalkit/gateway')));
    this.slot = new ProgramSlot(() => ({
      commandLine: [...preloads.flatMap((name) => ['--import', ownFile(name, import.meta.url)]), program],
      environment: {
        ...gatewaySecrets(ledgerUrl, provider),
        ...(without && { CHAOS_MUTATION: without }),
        CHAOS_CLOCK: this.#clockFile,
        FISCALKIT_CONFIG: configurationFile,
        FISCALKIT_ROLE: role,
        PORT: String(port),
      },
      healthUrl: `${this.url}/health/live`,
      logFile: this.#logFile,
    }));
  }

  /** Resolves when it is ready. Rejects after a time, or when its ledger is whole but was not to be. */
  async ready(): Promise<void> {
    await this.slot.ready();
    const without = this.#without;
    const isReported = async () => readFileSync(this.#logFile, 'utf8').includes(`without ${without}\n`);
    if (without === null || (await until(isReported, reportWait))) return;
    throw new Error(`${this.name} does not run without ${without}: its ledger was not replaced`);
  }

  /** Sets the offset of its clock in milliseconds; a running process follows within some milliseconds. */
  setClock(offsetMs: number): void {
    writeFileSync(this.#clockFile, String(offsetMs));
  }
}

/** Time for one delivery of a webhook, and its longest delay, in milliseconds: a run must see many of both. */
const webhooks = { attemptMs: 1_000, retryMs: 100, mostRetryMs: 1_000 };

/** Addresses that the configuration names: of the providers' APIs, of the receiver of webhooks, and of the gateway. */
interface Addresses {
  readonly url: string;
  readonly receiverUrl: string;
  /** Of the gateway that takes callbacks. */
  readonly callbackUrl: string;
}

/** Returns the configuration of every gateway; secrets are in the environment. */
export function gatewayConfiguration(
  { url, receiverUrl, callbackUrl }: Addresses,
  provider: EmulatedProvider,
): object {
  return {
    host: '127.0.0.1',
    logLevel: 'warn',
    ledgerUrl: { env: 'CHAOS_LEDGER_URL' },
    adminKey: { env: 'CHAOS_ADMIN_KEY' },
    callbacks: { publicUrl: callbackUrl, key: { env: 'CHAOS_CALLBACK_KEY' } },
    webhooks,
    merchants: merchantsOf(provider).map((id, number) => ({
      id,
      secretKey: { env: variable('SIGNATURE', id) },
      apiKey: { env: variable('API_KEY', id) },
      webhooks: endpointsOf(number).map((name) => ({
        name,
        url: `${receiverUrl}/${id}/${name}`,
        secret: { env: variable('WEBHOOK', id) },
      })),
      ...provider.configurationOf(merchantOf(id), { url, secret: { env: variable('PROVIDER', id) } }),
    })),
  };
}

/** Returns the ids of all merchants of a provider. */
export function merchantsOf({ shops: { merchants, rejected } }: EmulatedProvider): string[] {
  return rejected === null ? [...merchants] : [...merchants, rejected];
}

/** Returns the endpoints of the merchant of this number. */
function endpointsOf(number: number): EndpointName[] {
  return number === 0 ? ['shop', 'gone'] : ['shop'];
}

/** Returns the environment that the configuration refers to. */
function gatewaySecrets(ledgerUrl: string, provider: EmulatedProvider): Record<string, string> {
  const ofMerchants = merchantsOf(provider)
    .map(merchantOf)
    .flatMap((merchant) => [
      [variable('SIGNATURE', merchant.id), merchant.secretKey],
      [variable('API_KEY', merchant.id), merchant.apiKey],
      [variable('PROVIDER', merchant.id), provider.secretOf?.(merchant) ?? merchant.providerKey],
      [variable('WEBHOOK', merchant.id), merchant.webhookSecret],
    ]);
  return {
    CHAOS_LEDGER_URL: ledgerUrl,
    CHAOS_ADMIN_KEY: administratorKey,
    CHAOS_CALLBACK_KEY: callbackKey,
    ...Object.fromEntries(ofMerchants),
  };
}

function variable(what: string, merchantId: string): string {
  return `CHAOS_${what}_${merchantId}`;
}
