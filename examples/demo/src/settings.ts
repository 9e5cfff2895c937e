import { parseArgs } from 'node:util';

/** The merchant that the providers' pages use in their samples. */
export const merchant = { id: '542088', secretKey: 'secret_key', apiKey: 'demo-api-key' } as const;

/** The key of the demo's administrator. */
export const adminKey = 'demo-admin-key';

/** Environment of a gateway whose receipts go through a provider, by the provider's name. */
const environments = {
  freedompay: (sandboxUrl: string) => ({ FISCALKIT_FREEDOMPAY_URL: sandboxUrl }),
  // The sandbox knows ATOL's public test group; the sample is a receipt in FFD 1.05.
  atol: (sandboxUrl: string) => ({
    FISCALKIT_PROVIDER: 'atol',
    FISCALKIT_ATOL_VERSION: 'v4',
    FISCALKIT_ATOL_GROUP_CODE: 'v4-online-atol-ru_4179',
    FISCALKIT_ATOL_LOGIN: 'v4-online-atol-ru',
    FISCALKIT_ATOL_PASSWORD: 'sandbox',
    FISCALKIT_ATOL_URL: `${sandboxUrl}/possystem`,
    FISCALKIT_ATOL_POLL_MS: '200',
  }),
} as const;

export type DemoProvider = keyof typeof environments;

/** Returns the environment of a gateway whose receipts go through a provider of the sandbox. */
export function providerEnvironment(provider: DemoProvider, sandboxUrl: string): Record<string, string> {
  return environments[provider](sandboxUrl);
}

const providers = Object.keys(environments);

function isProvider(name: string): name is DemoProvider {
  return Object.hasOwn(environments, name);
}

export interface DemoSettings {
  readonly once: boolean;
  readonly provider: DemoProvider;
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
  if (!isProvider(provider)) throw new Error(`--provider must be one of ${providers.join(', ')}`);
  return {
    once: values.once ?? false,
    provider,
    dataFolder: values.data ?? 'data/demo',
    port: portOf('PORT', 8080),
    sandboxPort: portOf('SANDBOX_PORT', 8090),
  };
}
