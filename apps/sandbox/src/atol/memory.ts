import type { AtolGroup, AtolOptions } from './group.js';

const dayMs = 86_400_000;
const daysOfMemory = { v4: 32, v5: 30 } as const;

/** Returns the time of the oldest document that a group remembers, in milliseconds since 1970. */
export function rememberedSince({ version }: AtolGroup, now: Date, { memoryMs }: AtolOptions): number {
  return now.getTime() - (memoryMs ?? daysOfMemory[version] * dayMs);
}
