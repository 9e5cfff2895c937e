import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../system/gateway.js';
import type { World } from '../system/system.js';
import type { Disturbance, PlannedDisturbance } from './fault.js';

/** Less than a gateway is stopped for when it is to lose its leases. */
const readyMs = 12_000;

/** What a director goes by. */
export interface DirectorParts {
  readonly world: World;
  readonly planned: readonly PlannedDisturbance[];
  /** Called before a disturbance, with the share of all that begins with it; resolves when the clients are far enough. */
  readonly nextScene: (share: number) => Promise<void>;
}

/** Has all disturbances happen in their order, while those that last go on. */
export class Director {
  readonly #parts: DirectorParts;
  readonly #lasting = new Map<string, Promise<void>>();
  readonly #counts = new Map<Disturbance['kind'], number>();

  constructor(parts: DirectorParts) {
    this.#parts = parts;
  }

  /** How often each kind happened. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  get kills(): number {
    return (this.#counts.get('kill-gateway') ?? 0) + 2 * (this.#counts.get('kill-gateway-twice') ?? 0);
  }

  /** Resolves when all have happened and those that last are over. */
  async run(): Promise<void> {
    const { world, planned, nextScene } = this.#parts;
    for (const [index, { waitMs, disturbance }] of planned.entries()) {
      await nextScene((index + 1) / planned.length);
      // Two of a kind at the same place would end each other.
      await this.#lasting.get(placeOf(disturbance));
      // Else it would hardly ever be killed amid work. One that is stopped, or can't start, is not waited for.
      if ('gateway' in disturbance) await world.gateways[disturbance.gateway]?.slot.readyWithin(readyMs);
      await sleep(waitMs);
      this.#counts.set(disturbance.kind, (this.#counts.get(disturbance.kind) ?? 0) + 1);
      this.#last(placeOf(disturbance), await disturb(world, disturbance));
    }
    await Promise.all(this.#lasting.values());
  }

  #last(place: string, ending: Ending): void {
    if (ending === null) return;
    const { afterMs, end } = ending;
    this.#lasting.set(place, sleep(afterMs).then(end));
  }
}

function placeOf(disturbance: Disturbance): string {
  const gateway = 'gateway' in disturbance ? disturbance.gateway : '';
  return `${disturbance.kind} ${gateway}`;
}

/** How a disturbance that lasts is ended; `null` for one that is over. */
export type Ending = { readonly afterMs: number; readonly end: () => Promise<void> } | null;

/** Makes one thing go wrong. Resolves when it has begun. */
async function disturb(world: World, disturbance: Disturbance): Promise<Ending> {
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
