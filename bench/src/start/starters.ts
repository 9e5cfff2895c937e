import { join } from 'node:path';
import { startEcho } from '../echo/start-echo.js';
import { startGateway } from '../programs/start-gateway.js';
import type { Starter } from './starter.js';

/** A Nest application on Fastify with one route. */
export const bareService: Starter = {
  name: 'bare Nest + Fastify',
  lacks: 'opens no store, checks nothing',
  start: startEcho,
};

/** Where the gateway of a measurement keeps its ledgers, and whom it delivers to. */
interface GatewayPlace {
  readonly folder: string;
  readonly providerUrl: string;
}

/** A gateway that finds no ledger, and makes it. */
export function gatewayOnNothing({ folder, providerUrl }: GatewayPlace): Starter {
  let started = 0;
  return {
    name: 'gateway, no ledger yet',
    start() {
      started += 1;
      const ledgerUrl = `sqlite:${join(folder, `fresh-${started}.sqlite`)}`;
      return startGateway({ role: 'all', ledgerUrl, providerUrl });
    },
  };
}

/** A gateway that opens this ledger. */
export function gatewayOn(
  path: string,
  name: string,
  { providerUrl }: Pick<GatewayPlace, 'providerUrl'>,
): Starter {
  return {
    name,
    start: () => startGateway({ role: 'all', ledgerUrl: `sqlite:${path}`, providerUrl }),
  };
}
