import { spawnSync } from 'node:child_process';

/** Whether this machine has a `redis-server`. */
export function redisIsInstalled(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}
