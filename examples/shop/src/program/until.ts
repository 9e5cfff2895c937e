import { setTimeout as delay } from 'node:timers/promises';

const limitMs = 20_000;
const pauseMs = 50;

/** Looks again and again until there is something to see. Throws when there still is nothing after 20 s. */
export async function until<Seen>(what: string, look: () => Promise<Seen | null>): Promise<Seen> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await delay(pauseMs)) {
    const seen = await look();
    if (seen !== null) return seen;
  }
  throw new Error(`after ${limitMs / 1000} s there still is not: ${what}`);
}
