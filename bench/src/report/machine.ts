import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';

/** What the figures were measured on. */
export function machine() {
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}
