import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface ProgramSettings {
  readonly once: boolean;
  readonly port: number;
  readonly dataFolder: string;
}

export const help = `npm run example:shop -- [--once] [--data DIR]

Starts PostgreSQL, the sandbox and a shop, places an order, confirms its Anor payment, refunds it, shows what came of it,
and serves until Ctrl-C.

  --once       end after that: exit status 0 when all of it is done
  --data DIR   where the database, the sandbox's books and the mails are kept (data/shop)

  PORT         port of the shop (8070); SHOP_PORT goes before it, 0 is any free one
`;

/** Reads the settings; `null` when only help was requested. Throws on a wrong argument or port. */
export function readProgramSettings(commandLine: readonly string[]): ProgramSettings | null {
  const { values } = parseArgs({
    args: [...commandLine],
    options: { once: { type: 'boolean' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return null;
  return {
    once: values.once ?? false,
    dataFolder: resolve(values.data ?? 'data/shop'),
    port: portOf(process.env),
  };
}

function portOf(environment: NodeJS.ProcessEnv): number {
  const name = environment.SHOP_PORT ? 'SHOP_PORT' : 'PORT';
  const text = environment[name] || '8070';
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw new Error(`${name} must be a port number, and is ${JSON.stringify(text)}`);
}

/** Throws when something else listens on the port already. */
export async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch {
    throw new Error(
      `port ${port} is taken; set SHOP_PORT to a free one, for example SHOP_PORT=${port + 100} npm run example:shop`,
    );
  }
  probe.close();
  await once(probe, 'close');
}
