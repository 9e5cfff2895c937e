import { runLoad } from '../load/run-load.js';
import { startSandbox } from '../programs/start-sandbox.js';
import type { Service } from '../services/service.js';
import { registrations } from './sandbox-registrations.js';

const nobody = 'http://127.0.0.1:9';

/** How much is drained. */
export interface Course {
  /** Drained first, and not counted: worker and sandbox are fresh processes, whose code is slow until it has run for a while. */
  readonly warmUp: number;
  readonly receipts: number;
}

/** Has receipts accepted and held back, then delivered; answers how many the sandbox registered in a second, once warm. */
export async function drain(service: Service, { warmUp, receipts }: Course): Promise<number> {
  const all = warmUp + receipts;
  const store = await service.startStore();
  try {
    const desk = await service.start({ role: 'api', storeUrl: store.url, providerUrl: nobody });
    await runLoad({ url: desk.url, connections: 64, requests: all, firstPayment: 1 });
    await desk.stop();

    const sandbox = await startSandbox(0);
    const worker = await service.start({ role: 'worker', storeUrl: store.url, providerUrl: sandbox.url });
    const times = [...(await registrations(sandbox.url, all)).values()].toSorted((a, b) => a - b);
    await worker.stop();
    await sandbox.stop();
    const [first = 0, last = 0] = [times.at(warmUp), times.at(-1)];
    return ((receipts - 1) * 1000) / (last - first);
  } finally {
    await store.stop();
  }
}
