import { parseArgs } from 'node:util';
import { type SampleAccount, sampleAccounts } from '@fiscalkit/sandbox';

/** The merchant that the providers' pages use in their samples. */
export const merchant = { id: '542088', secretKey: 'secret_key', apiKey: 'demo-api-key' } as const;

/** The key of the demo's administrator. */
export const adminKey = 'demo-admin-key';

const providers: readonly string[] = ['freedompay', ...Object.keys(sampleAccounts)];

/**
 * Returns the environment of a gateway whose receipts go through a provider of the sandbox: the account that the
 * sandbox knows for receipts in FFD 1.05, as the sample is one.
 */
export function providerEnvironment(provider: string, sandboxUrl: string): Record<string, string> {
  if (provider === 'freedompay') return { FISCALKIT_FREEDOMPAY_URL: sandboxUrl };
  const accounts = new Map<string, readonly SampleAccount[]>(Object.entries(sampleAccounts));
  const account = accounts.get(provider)?.find(({ receiptFormat }) => receiptFormat === 'ru_1_05');
  const settings = Object.entries({ ...account?.settings(sandboxUrl), pollMs: '200' });
  return {
    FISCALKIT_PROVIDER: provider,
    ...Object.fromEntries(settings.map(([name, value]) => [variableOf(provider, name), value])),
  };
}

/** Returns the variable of a provider's setting: `FISCALKIT_ATOL_GROUP_CODE`. */
function variableOf(provider: string, name: string): string {
  const last = name === 'baseUrl' ? 'URL' : name.replace(/[A-Z]/g, (letter) => `_${letter}`);
  return `FISCALKIT_${provider}_${last}`.toUpperCase();
}

export interface DemoSettings {
  readonly once: boolean;
  readonly provider: string;
  readonly port: number;
  readonly sandboxPort: number;
  readonly dataFolder: string;
}

export const help = `npm start -- [--once] [--provider NAME] [--data DIR]

Starts the sandbox and the gateway with a demo merchant, sends the sample requests of both providers' pages, shows what
came of them, and serves until Ctrl-C.

  --once           end after the two requests: exit status 0 when both are done
  --provider NAME  who registers the receipt: ${providers.join(' or ')} (freedompay)
  --data DIR       where the ledger, the sandbox's books and the log are kept (data/demo)

  PORT           port of the gateway (8080)
  SANDBOX_PORT   port of the sandbox (8090)
`;

function portOf(name: string, fallback: number): number {
  const text = process.env[name] ?? String(fallback);
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port number, and is ${JSON.stringify(text)}`);
}

/** Reads the settings; `null` when only help was requested. Throws on a wrong argument or port. */
export function readSettings(commandLine: readonly string[]): DemoSettings | null {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      once: { type: 'boolean' },
      provider: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const { provider = 'freedompay' } = values;
  if (!providers.includes(provider)) throw new Error(`--provider must be one of ${providers.join(', ')}`);
  return {
    once: values.once ?? false,
    provider,
    dataFolder: values.data ?? 'data/demo',
    port: portOf('PORT', 8080),
    sandboxPort: portOf('SANDBOX_PORT', 8090),
  };
}
