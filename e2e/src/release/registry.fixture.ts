import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

/** A package registry on this machine, with nothing in it. */
export interface LocalRegistry {
  readonly url: string;
  /** What a project's `.npmrc` says to get our packages from here; all others come from where npm is set to. */
  readonly npmrc: string;
  /** What npm must be told to publish here. Anyone may. */
  readonly environment: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** Starts a registry that knows our packages alone and asks no other, so that what is installed is what was published. */
export async function startRegistry(): Promise<LocalRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'fiscalkit-registry-'));
  const server: Server = await runServer({
    storage: join(folder, 'storage'),
    self_path: folder,
    uplinks: {},
    packages: { '@fiscalkit/*': { access: '$all', publish: '$all' } },
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
    publish: { allow_offline: true },
    web: { enable: false },
    middlewares: {},
    log: { type: 'stdout', format: 'pretty', level: 'fatal' },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const place = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  return {
    url: `http://${place}`,
    npmrc: `@fiscalkit:registry=http://${place}\n`,
    environment: { [`npm_config_//${place}:_authToken`]: 'anyone' },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
