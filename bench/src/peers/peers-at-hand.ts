import { redisIsInstalled } from '../redis/redis-is-installed.js';
import type { Service } from '../services/service.js';
import { bullmqService, pgBossService } from './handmade-services.js';

/** The hand-made services that this machine can run; tells of one that it can't. */
export function peersAtHand(tell: (what: string) => void, pgBoss: Service = pgBossService): Service[] {
  if (redisIsInstalled()) return [bullmqService, pgBoss];
  tell(`without ${bullmqService.name}, since redis-server is not installed (apt-get install redis-server)`);
  return [pgBoss];
}
