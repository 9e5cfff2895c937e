import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PostgresServer, startPostgresServer } from './start-postgres-server.js';

/** Starts a standby that follows the server, which is stopped while its data is copied. */
export async function startPostgresStandby(primary: PostgresServer): Promise<PostgresServer> {
  const folder = mkdtempSync(join(dirname(primary.dataFolder), 'standby-'));
  const dataFolder = join(folder, 'data');
  chmodSync(folder, 0o755);
  const { hostname, port, username, password } = new URL(primary.connectionString);
  const following = `host=${hostname} port=${port} user=${username} password=${password}`;
  await primary.restart(async () => {
    // `cp -a` keeps the owner: the user that the server runs as.
    execFileSync('cp', ['-a', primary.dataFolder, dataFolder]);
    writeFileSync(join(dataFolder, 'standby.signal'), '');
    // In the file of ALTER SYSTEM, so that a test can cut the standby off.
    appendFileSync(join(dataFolder, 'postgresql.auto.conf'), `primary_conninfo = '${following}'\n`);
  });
  return startPostgresServer({ dataFolder });
}
