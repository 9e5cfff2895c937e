import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 100;
const patienceMs = 300_000;
const entries = /^fiscalkit_entries\{state="(\w+)"\} (\d+)$/gm;

/** Waits until a gateway has registered everything that it accepted. */
export async function untilDelivered(gatewayUrl: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
    const metrics = await (await fetch(`${gatewayUrl}/metrics`)).text();
    const unfinished = [...metrics.matchAll(entries)].filter(([, state]) => state !== 'registered');
    if (unfinished.every(([, , count]) => count === '0')) return;
    await delay(lookEveryMs);
  }
  throw new Error('not everything was registered in time');
}
