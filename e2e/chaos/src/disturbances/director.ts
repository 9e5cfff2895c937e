import { setTimeout as sleep } from 'node:timers/promises';
import type { Disturbance, PlannedDisturbance } from '../plan/disturbance.js';
import type { World } from '../world/world.js';
import { disturb, type Ending } from './disturb.js';

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
