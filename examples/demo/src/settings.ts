import { parseArgs } from 'node:util';

/** The merchant that the providers' pages use in their samples. */
export const merchant = { id: '542088', secretKey: 'secret_key', apiKey: 'demo-api-key' } as const;

/** The key of the demo's administrator. */
export const adminKey = 'demo-admin-key';

export interface DemoSettings {
  readonly once: boolean;
  readonly port: number;
  readonly sandboxPort: number;
  readonly dataFolder: string;
}

export const help = `npm start -- [--once] [--data DIR]

Starts the sandbox and the gateway with a demo merchant, sends the sample requests of both providers' pages, shows what
came of them, and serves until Ctrl-C.

  --once       end after the two requests: exit status 0 when both are done
  --data DIR   where the ledger, the sandbox's books and the log are kept (data/demo)

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
    options: { once: { type: 'boolean' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return null;
  return {
    once: values.once ?? false,
    dataFolder: values.data ?? 'data/demo',
    port: portOf('PORT', 8080),
    sandboxPort: portOf('SANDBOX_PORT', 8090),
  };
}
