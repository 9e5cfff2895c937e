import { once } from 'node:events';
import { createServer } from 'node:net';

/** Throws when something else listens on the port already; `variable` is what sets it to another one. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch {
    throw new Error(
      `port ${port} is taken; set ${variable} to a free one, for example ${variable}=${port + 100} npm start`,
    );
  }
  probe.close();
  await once(probe, 'close');
}
