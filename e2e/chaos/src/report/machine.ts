import { arch, availableParallelism, platform } from 'node:os';

/** What a run was made on. */
export function machine(): string {
  return `Node ${process.version} on ${platform()} ${arch()}, ${availableParallelism()} cores`;
}
