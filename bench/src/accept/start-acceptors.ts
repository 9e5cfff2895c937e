import { startEcho } from '../echo/start-echo.js';
import { peersAtHand } from '../peers/peers-at-hand.js';
import { startSandbox } from '../programs/start-sandbox.js';
import { gatewayOnSqlite } from '../services/gateway-services.js';
import type { Service, ServiceOptions } from '../services/service.js';
import type { Acceptor } from './acceptor.js';
import { untilDelivered } from './until-delivered.js';

/** Nobody listens there: a service that only accepts never asks. */
const nowhere = 'http://127.0.0.1:9';

export const echoName = 'bare Nest + Fastify echo';

/** Starts all contestants: the echo, the gateway, the gateway that delivers too, and the peers. */
export async function startAcceptors(tell: (what: string) => void): Promise<Acceptor[]> {
  const acceptors = [await echo(), await accepting(gatewayOnSqlite), await delivering(gatewayOnSqlite)];
  for (const peer of peersAtHand(tell)) acceptors.push({ ...(await accepting(peer)), isPeer: true });
  return acceptors;
}

async function echo(): Promise<Acceptor> {
  const program = await startEcho();
  const stop = () => program.stop();
  return { name: echoName, lacks: 'checks nothing, keeps nothing', isPeer: false, program, stop };
}

/** A service that accepts and delivers nothing. */
function accepting(service: Service): Promise<Acceptor> {
  return startOn(service, { role: 'api', providerUrl: nowhere });
}

/** A service that delivers while it accepts. */
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
  service: Service,
  options: Pick<ServiceOptions, 'role' | 'providerUrl'>,
): Promise<Acceptor> {
  const store = await service.startStore();
  const program = await service.start({ ...options, storeUrl: store.url });
  return {
    name: service.name,
    ...(service.lacks !== undefined && { lacks: service.lacks }),
    isPeer: false,
    program,
    async stop() {
      await program.stop();
      await store.stop();
    },
  };
}
