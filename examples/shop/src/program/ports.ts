import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Throws when something else listens on the port already. */
export async function requireFreePort(port: number): Promise<void> {
  try {
    await probe(port);
  } catch {
    throw new Error(
      `port ${port} is taken; set SHOP_PORT to a free one, for example SHOP_PORT=${port + 100} npm run example:shop`,
    );
  }
}

/** A port of the loopback interface on which nothing listens just now. */
export function freePort(): Promise<number> {
  return probe(0);
}

async function probe(wanted: number): Promise<number> {
  const server = createServer();
  await once(server.listen(wanted, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
