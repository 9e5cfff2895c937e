import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../system/gateway.js';
import type { SystemUnderTest } from '../system/system.js';
import type { Fault, PlannedFault } from './fault.js';

/** Less than a gateway is suspended for when it is to lose its leases. */
const readyMs = 12_000;

/** Dependencies of the nemesis. */
export interface NemesisDependencies {
  readonly system: SystemUnderTest;
  readonly planned: readonly PlannedFault[];
  /** Called before each fault with the share of faults up to it; resolves when clients are far enough. */
  readonly beforeFault: (share: number) => Promise<void>;
}

/** Injects the planned faults in order; lasting ones overlap the next. */
export class Nemesis {
  readonly #dependencies: NemesisDependencies;
  readonly #lasting = new Map<string, Promise<void>>();
  readonly #counts = new Map<Fault['kind'], number>();

  constructor(dependencies: NemesisDependencies) {
    this.#dependencies = dependencies;
  }

  /** Number of faults of each kind. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  get kills(): number {
    const count = (kind: Fault['kind']) => this.#counts.get(kind) ?? 0;
    return count('kill-gateway') + 2 * count('kill-gateway-twice') + count('outage');
  }

  /** Resolves when all faults were injected and the lasting ones are over. */
  async run(): Promise<void> {
    const { system, planned, beforeFault } = this.#dependencies;
    for (const [index, { waitMs, fault }] of planned.entries()) {
      await beforeFault((index + 1) / planned.length);
      // Two of a kind at the same place would end each other.
      await this.#lasting.get(targetOf(fault));
      // Otherwise it would hardly ever be killed amid work. A suspended one, or one that can't start, is not
      // waited for.
      if ('gateway' in fault) await system.gateways[fault.gateway]?.slot.readyWithin(readyMs);
      await sleep(waitMs);
      this.#counts.set(fault.kind, (this.#counts.get(fault.kind) ?? 0) + 1);
      this.#endLater(targetOf(fault), await inject(system, fault));
    }
    await Promise.all(this.#lasting.values());
  }

  #endLater(target: string, ending: Ending): void {
    if (ending === null) return;
    const { afterMs, end } = ending;
    this.#lasting.set(target, sleep(afterMs).then(end));
  }
}

function targetOf(fault: Fault): string {
  const gateway = 'gateway' in fault ? fault.gateway : '';
  return `${fault.kind} ${gateway}`;
}

/** End of a lasting fault; `null` for one that is over. */
export type Ending = { readonly afterMs: number; readonly end: () => Promise<void> } | null;

/** Injects one fault. Resolves when it has begun. */
async function inject(system: SystemUnderTest, fault: Fault): Promise<Ending> {
  switch (fault.kind) {
    case 'kill-gateway': {
      const { slot } = gatewayOf(system, fault.gateway);
      await slot.kill();
      await sleep(fault.downMs);
      slot.start();
      return null;
    }
    case 'kill-gateway-twice': {
      const { slot } = gatewayOf(system, fault.gateway);
      await slot.kill();
      slot.start();
      await sleep(fault.againAfterMs);
      await slot.kill();
      slot.start();
      return null;
    }
    case 'pause-gateway': {
      const resume = gatewayOf(system, fault.gateway).slot.pause();
      return { afterMs: fault.forMs, end: async () => resume() };
    }
    case 'jump-clock': {
      const gateway = gatewayOf(system, fault.gateway);
      gateway.setClock(fault.byMs);
      return { afterMs: fault.forMs, end: async () => gateway.setClock(0) };
    }
    case 'kill-provider':
      await system.provider.kill();
      await sleep(fault.downMs);
      await system.provider.start();
      return null;
    case 'outage': {
      const { slot } = gatewayOf(system, fault.gateway);
      const { provider } = system;
      await (fault.rules ? provider.faults.add(fault.rules) : provider.kill());
      await sleep(fault.forMs / 2);
      await slot.kill();
      slot.start();
      await sleep(fault.forMs / 2);
      await (fault.rules ? provider.faults.remove(fault.rules) : provider.start());
      return null;
    }
    case 'trouble-provider': {
      const { rules, forMs } = fault;
      await system.provider.faults.add(rules);
      return { afterMs: forMs, end: () => system.provider.faults.remove(rules) };
    }
    case 'refuse-writes':
      return { afterMs: fault.forMs, end: await system.ledger.refuseWrites(fault.leaveBytes) };
    case 'restart-database':
      await system.ledger.restart();
      return null;
    case 'crash-database':
      await system.ledger.crash();
      return null;
    case 'break-connections':
      await system.ledger.breakConnections();
      return null;
  }
}

function gatewayOf({ gateways }: SystemUnderTest, number: number): Gateway {
  const gateway = gateways[number];
  if (!gateway) throw new Error(`the system has no gateway ${number + 1}`);
  return gateway;
}
