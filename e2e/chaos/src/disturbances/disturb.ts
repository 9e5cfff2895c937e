import { setTimeout as sleep } from 'node:timers/promises';
import type { Disturbance } from '../plan/disturbance.js';
import type { Gateway } from '../world/gateway.js';
import type { World } from '../world/world.js';

/** How a disturbance that lasts is ended; `null` for one that is over. */
export type Ending = { readonly afterMs: number; readonly end: () => Promise<void> } | null;

/** Makes one thing go wrong. Resolves when it has begun. */
export async function disturb(world: World, disturbance: Disturbance): Promise<Ending> {
  switch (disturbance.kind) {
    case 'kill-gateway': {
      const { slot } = gatewayOf(world, disturbance.gateway);
      await slot.kill();
      await sleep(disturbance.downMs);
      slot.start();
      return null;
    }
    case 'kill-gateway-twice': {
      const { slot } = gatewayOf(world, disturbance.gateway);
      await slot.kill();
      slot.start();
      await sleep(disturbance.againAfterMs);
      await slot.kill();
      slot.start();
      return null;
    }
    case 'pause-gateway': {
      const resume = gatewayOf(world, disturbance.gateway).slot.pause();
      return { afterMs: disturbance.forMs, end: async () => resume() };
    }
    case 'jump-clock': {
      const gateway = gatewayOf(world, disturbance.gateway);
      gateway.setClock(disturbance.byMs);
      return { afterMs: disturbance.forMs, end: async () => gateway.setClock(0) };
    }
    case 'kill-provider':
      await world.provider.kill();
      await sleep(disturbance.downMs);
      await world.provider.start();
      return null;
    case 'trouble-provider': {
      const { rules, forMs } = disturbance;
      await world.provider.faults.add(rules);
      return { afterMs: forMs, end: () => world.provider.faults.remove(rules) };
    }
    case 'refuse-writes':
      return { afterMs: disturbance.forMs, end: await world.ledger.refuseWrites(disturbance.leaveBytes) };
    case 'restart-database':
      await world.ledger.restart();
      return null;
    case 'crash-database':
      await world.ledger.crash();
      return null;
    case 'break-connections':
      await world.ledger.breakConnections();
      return null;
  }
}

function gatewayOf({ gateways }: World, number: number): Gateway {
  const gateway = gateways[number];
  if (!gateway) throw new Error(`the world has no gateway ${number + 1}`);
  return gateway;
}
