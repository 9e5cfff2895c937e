import { runLoad } from '../load/run-load.js';
import { startSandbox } from '../programs/start-sandbox.js';
import type { Service } from '../services/service.js';
import { registrations } from './sandbox-registrations.js';

const nobody = 'http://127.0.0.1:9';

/** Has so many receipts accepted and held back, then delivered; answers how many the sandbox registered in a second. */
export async function drain(service: Service, receipts: number): Promise<number> {
  const store = await service.startStore();
  try {
    const desk = await service.start({ role: 'api', storeUrl: store.url, providerUrl: nobody });
    await runLoad({ url: desk.url, connections: 64, requests: receipts, firstPayment: 1 });
    await desk.stop();

    const sandbox = await startSandbox(0);
    const worker = await service.start({ role: 'worker', storeUrl: store.url, providerUrl: sandbox.url });
    const times = [...(await registrations(sandbox.url, receipts)).values()].toSorted((a, b) => a - b);
    await worker.stop();
    await sandbox.stop();
    const [first = 0, last = 0] = [times.at(0), times.at(-1)];
    return ((receipts - 1) * 1000) / (last - first);
  } finally {
    await store.stop();
  }
}
