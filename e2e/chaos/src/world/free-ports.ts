import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of these could take the port of a program that is down. */
const [least, most] = [12_000, 30_000];

/** So many ports, each another, that nothing listens on just now. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = new Map<number, Server>();
  while (probes.size < count) {
    const port = least + Math.floor(Math.random() * (most - least));
    const probe = probes.has(port) ? null : await listenOn(port);
    if (probe) probes.set(port, probe);
  }
  for (const probe of probes.values()) {
    probe.close();
    await once(probe, 'close');
  }
  return [...probes.keys()];
}

async function listenOn(port: number): Promise<Server | null> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return probe;
  } catch {
    return null;
  }
}
