import {
  type GatewayProgram,
  type Program,
  startGatewayProgram,
  startProgram,
  startSandboxProgram,
  until,
} from '@fiscalkit/testing';

export interface GatewayOptions extends Pick<GatewayProgram, 'environment'> {
  /** `api` accepts and delivers nothing, `worker` delivers what waits, `all` does both. */
  readonly role: 'all' | 'api' | 'worker';
  readonly ledgerUrl: string;
  readonly providerUrl: string;
  /** Concurrent attempts; the gateway's own default when absent. */
  readonly concurrency?: number;
}

/** Starts a gateway with the demo merchant and without quotas. */
export function startGateway({
  role,
  ledgerUrl,
  providerUrl,
  concurrency,
  environment = {},
}: GatewayOptions): Promise<Program> {
  return startGatewayProgram({
    role,
    ledgerUrl,
    providersUrl: providerUrl,
    environment: {
      FISCALKIT_REQUESTS_PER_SECOND: 'none',
      ...(concurrency !== undefined && { FISCALKIT_CONCURRENCY: String(concurrency) }),
      ...environment,
    },
  });
}

const entryCounts = /^fiscalkit_entries\{state="(\w+)"\} (\d+)$/gm;

/** Waits until a gateway has registered everything that it accepted. */
export async function untilDelivered(gatewayUrl: string): Promise<void> {
  await until('everything is registered', async () => {
    const metrics = await (await fetch(`${gatewayUrl}/metrics`)).text();
    const unfinished = [...metrics.matchAll(entryCounts)].filter(([, state]) => state !== 'registered');
    return unfinished.every(([, , count]) => count === '0') || null;
  });
}

/** An address on which nothing listens. */
export const unreachableUrl = 'http://127.0.0.1:9';

/** Starts both providers' APIs: every call takes `latencyMs`, and its first answer is the registration. */
export function startSandbox(latencyMs: number): Promise<Program> {
  const slow = { endpoint: '*', fault: { kind: 'delay', ms: latencyMs } };
  return startSandboxProgram({ registrationDelayMs: 0, faults: latencyMs > 0 ? [slow] : [] });
}

/** The part of the sandbox's journal that is read here. */
interface SandboxJournal {
  readonly receipts: readonly { readonly payment_id: string; readonly created_at: string }[];
  readonly requests: { readonly 'receipts.create': number };
}

/** Waits for so many receipts, and returns their times of registration by payment, in the sandbox's clock. */
export async function registrations(sandboxUrl: string, receipts: number): Promise<Map<string, number>> {
  const readJournal = async (query: string) =>
    (await (await fetch(`${sandboxUrl}/_sandbox/journal${query}`)).json()) as SandboxJournal;
  await until('everything is registered', async () => {
    // The journal of one payment is short; its counters of requests are those of all.
    const { requests } = await readJournal('?payment_id=none');
    return requests['receipts.create'] >= receipts || null;
  });
  const journal = await readJournal('');
  const times = new Map(
    journal.receipts.map(({ payment_id, created_at }) => [payment_id, Date.parse(created_at)]),
  );
  if (times.size !== receipts || journal.receipts.length !== receipts) {
    throw new Error(`${receipts} payments have ${journal.receipts.length} receipts`);
  }
  return times;
}

/** Starts the bare echo: the limit of what Nest and Fastify can take on this machine. */
export function startEcho(environment: Readonly<Record<string, string>> = {}): Promise<Program> {
  return startProgram(new URL('echo/main.js', import.meta.url).href, { environment });
}
