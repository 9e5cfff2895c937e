import type { Program } from '@fiscalkit/testing';
import { startEcho, startSandbox, unreachableUrl, untilDelivered } from '../../programs.js';
import { availablePeers, gatewayOnSqlite, type Service, type ServiceOptions } from '../../services.js';

/** A candidate that accepts receipts. */
export interface Acceptor extends Pick<Service, 'name' | 'weakerGuarantee'> {
  /** Whether it is a service that a user would make instead. */
  readonly isPeer: boolean;
  readonly program: Program;
  /** Waits until nothing is left to do of what was accepted; absent where accepting is all. */
  readonly rest?: () => Promise<void>;
  stop(): Promise<void>;
}

export const echoName = 'bare Nest + Fastify echo';

/** Starts all candidates: the echo, the gateway, the gateway that delivers too, and the peers. */
export async function startAcceptors(onProgress: (what: string) => void): Promise<Acceptor[]> {
  const acceptors = [await echo(), await accepting(gatewayOnSqlite), await delivering(gatewayOnSqlite)];
  for (const peer of availablePeers(onProgress)) {
    acceptors.push({ ...(await accepting(peer)), isPeer: true });
  }
  return acceptors;
}

async function echo(): Promise<Acceptor> {
  const program = await startEcho();
  const stop = async () => {
    await program.stop();
  };
  return {
    name: echoName,
    weakerGuarantee: 'checks nothing, keeps nothing',
    isPeer: false,
    program,
    stop,
  };
}

/** Starts a service that accepts and delivers nothing, so that its provider need not be there. */
function accepting(service: Service): Promise<Acceptor> {
  return startOn(service, { role: 'api', providerUrl: unreachableUrl });
}

/** Starts a service that delivers while it accepts. */
async function delivering(service: Service): Promise<Acceptor> {
  const sandbox = await startSandbox(0);
  const acceptor = await startOn(service, { role: 'all', providerUrl: sandbox.url });
  return {
    ...acceptor,
    name: `${service.name}, delivering too`,
    rest: () => untilDelivered(acceptor.program.url),
    async stop() {
      await acceptor.stop();
      await sandbox.stop();
    },
  };
}

/** Starts a service with an empty store, which ends with it. */
async function startOn(
  { name, weakerGuarantee, startStore, start }: Service,
  options: Pick<ServiceOptions, 'role' | 'providerUrl'>,
): Promise<Acceptor> {
  const store = await startStore();
  const program = await start({ ...options, storeUrl: store.url });
  return {
    name,
    ...(weakerGuarantee !== undefined && { weakerGuarantee }),
    isPeer: false,
    program,
    async stop() {
      await program.stop();
      await store.stop();
    },
  };
}
