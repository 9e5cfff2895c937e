import { Chance } from './chance.js';
import type { Disturbance, PlannedDisturbance } from './disturbance.js';
import { drawKill } from './draws.js';
import type { Emphasis } from './emphasis.js';

/** What disturbances are planned for. */
export interface DisturbanceScope {
  readonly seed: number;
  readonly gateways: number;
  /** How often a gateway is killed. */
  readonly kills: number;
  readonly emphasis: Emphasis;
}

/** Disturbances in their order: the kills asked for, and other trouble between them. */
export function planDisturbances({
  seed,
  gateways,
  kills,
  emphasis,
}: DisturbanceScope): PlannedDisturbance[] {
  const chance = new Chance(seed, 'disturbances');
  const planned: PlannedDisturbance[] = [];
  const plan = (disturbance: Disturbance) => planned.push({ waitMs: chance.between(100, 900), disturbance });
  let owed = 0;
  for (let left = kills; left > 0; ) {
    for (owed += emphasis.perKill * 2 * chance.draw(); owed >= 1; owed -= 1) {
      plan(chance.weighted(emphasis.besidesKills)(chance, gateways));
    }
    const kill = drawKill(chance, gateways, left);
    plan(kill);
    left -= kill.kind === 'kill-gateway-twice' ? 2 : 1;
  }
  return planned;
}
