import { createHash } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, type Gateway, loadConfiguration, startGateway } from '@fiscalkit/gateway';
import { type Sandbox, startSandbox } from '@fiscalkit/sandbox';

/** Key of an administrator who may only look, and only at what is the demo merchant's. */
export const readerKey = 'key-of-an-administrator-who-reads';

/** Writes a configuration file with that administrator; returns its path. */
export function configurationWithReader(): string {
  const keyHash = `sha256:${createHash('sha256').update(readerKey).digest('hex')}`;
  const administrators = [{ name: 'reader', keyHash, role: 'read', merchants: ['542088'] }];
  const path = join(mkdtempSync(join(tmpdir(), 'fiscalkit-contract-')), 'gateway.json');
  writeFileSync(path, JSON.stringify({ administrators }));
  return path;
}

/** Secret that the tokens of callbacks are derived from. */
export const callbackKey = 'a-key-of-callbacks-for-the-contract';

/** A gateway of the demo and its sandbox, in this process. */
export interface DemoGateway extends AsyncDisposable {
  readonly url: string;
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** What its router serves, as `GET /v5/receipts/{receipt_id}`. */
  readonly routes: ReadonlySet<string>;
}

interface Route {
  readonly method: string | readonly string[];
  readonly url: string;
}

interface Server {
  addHook(name: 'onRoute', listener: (route: Route) => void): void;
}

/** Listens to the router from its beginning; HEAD goes with every GET. */
function recordRoutes(routes: Set<string>): () => void {
  const channel = 'fastify.initialization';
  const record = (message: unknown) => {
    const { fastify } = message as { fastify: Server };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) if (each !== 'HEAD') routes.add(`${each} ${url}`);
    });
  };
  subscribe(channel, record);
  return () => unsubscribe(channel, record);
}

/** Starts both; the ledger is in memory. */
export async function startDemoGateway(
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<DemoGateway> {
  const sandbox = await startSandbox({ registrationDelayMs: 0 });
  const routes = new Set<string>();
  const stopRecording = recordRoutes(routes);
  const configuration = loadConfiguration({
    FISCALKIT_DEMO: '1',
    FISCALKIT_FREEDOMPAY_URL: sandbox.url,
    FISCALKIT_FISCALBOX_URL: sandbox.url,
    FISCALKIT_LEDGER_URL: 'sqlite::memory:',
    FISCALKIT_CALLBACK_KEY: callbackKey,
    // Nobody answers there.
    FISCALKIT_WEBHOOK_URL: 'http://127.0.0.1:9',
    FISCALKIT_WEBHOOK_SECRET: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    FISCALKIT_WEBHOOK_ALLOW_PRIVATE: '1',
    FISCALKIT_WEBHOOK_KEY: 'a-key-of-webhooks-for-the-contract',
    PORT: '0',
    ...environment,
  });
  const gateway = await startGateway(configuration, createLogger('silent')).finally(stopRecording);
  return {
    url: gateway.url,
    gateway,
    sandbox,
    routes,
    [Symbol.asyncDispose]: async () => {
      await gateway.close();
      await sandbox.close();
    },
  };
}
