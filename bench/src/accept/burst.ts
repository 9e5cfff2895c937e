import { runLoad } from '../load/run-load.js';
import { processorTime } from '../programs/processor-time.js';
import type { Acceptor } from './acceptor.js';

const connections = 64;

/** What a burst of requests came to. */
export interface BurstResult {
  readonly perSecond: number;
  /** Processor time of the service's process for each request, in microseconds; `null` where the system does not tell. */
  readonly processorUs: number | null;
}

/** Sends so many requests as fast as they are answered, and lets the contestant finish what it has begun. */
export async function burst(
  { program, rest }: Acceptor,
  { requests, firstPayment }: { readonly requests: number; readonly firstPayment: number },
): Promise<BurstResult> {
  const before = processorTime(program.pid);
  const { seconds } = await runLoad({ url: program.url, connections, requests, firstPayment });
  await rest?.();
  const after = processorTime(program.pid);
  return {
    perSecond: requests / seconds,
    processorUs: before === null || after === null ? null : (after - before) / requests,
  };
}
