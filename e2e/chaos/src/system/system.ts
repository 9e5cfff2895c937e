import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MutationName } from '../mutations/mutations.js';
import type { EmulatedProvider } from '../providers/emulated-provider.js';
import { Receiver } from '../receiver/receiver.js';
import { Gateway, type GatewayRole, gatewayConfiguration } from './gateway.js';
import { type LedgerPlace, type LedgerRequest, openLedger } from './ledger-place.js';
import { beforeExit } from './program-slot.js';
import { Provider } from './provider.js';

/** Settings of a system under test. */
export interface SystemSettings extends LedgerRequest {
  readonly seed: number;
  readonly gateways: number;
  readonly provider: EmulatedProvider;
  /** The safety that the ledger of the gateways runs without; `null` for the whole ledger. */
  readonly without: MutationName | null;
}

/** Parties of a run: provider, ledger, gateways, and the receiver of their webhooks. */
export interface SystemUnderTest {
  readonly provider: Provider;
  readonly ledger: LedgerPlace;
  readonly gateways: readonly Gateway[];
  readonly receiver: Receiver;
  close(): Promise<void>;
}

/** Returns the role of a gateway: the first accepts and delivers, the second accepts, the others deliver. */
function roleOf(number: number): GatewayRole {
  return (['all', 'api'] as const)[number] ?? 'worker';
}

/** Starts a system without faults. */
export async function openSystem(settings: SystemSettings): Promise<SystemUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-chaos-'));
  // The database server may run as another user.
  chmodSync(folder, 0o755);
  const removeFolder = beforeExit(() => rmSync(folder, { recursive: true, force: true }));
  try {
    return await openIn(folder, settings, removeFolder);
  } catch (error) {
    removeFolder();
    throw error;
  }
}

async function openIn(
  folder: string,
  settings: SystemSettings,
  removeFolder: () => void,
): Promise<SystemUnderTest> {
  const [providerPort = 0, receiverPort = 0, ...ports] = await freePorts(settings.gateways + 2);
  const receiver = new Receiver({ port: receiverPort, seed: settings.seed });
  const provider = new Provider({
    port: providerPort,
    folder,
    seed: settings.seed,
    provider: settings.provider,
  });
  const configurationFile = join(folder, 'gateway.json');
  const callbackUrl = `http://127.0.0.1:${ports[0]}`;
  const addresses = { url: provider.url, receiverUrl: receiver.url, callbackUrl };
  writeFileSync(configurationFile, JSON.stringify(gatewayConfiguration(addresses, settings.provider)));
  const gateways: Gateway[] = [];
  const ledger = await openLedger(settings, folder, () => gateways[0]?.slot.processId ?? null);
  const { provider: emulated, without } = settings;
  const shared = { folder, configurationFile, ledgerUrl: ledger.url, provider: emulated, without };
  for (const [number, port] of ports.entries()) {
    gateways.push(new Gateway({ ...shared, name: `gateway-${number + 1}`, role: roleOf(number), port }));
  }
  const close = async () => {
    await Promise.all([...gateways.map(({ slot }) => slot.kill()), provider.kill(), receiver.close()]);
    await ledger.close();
    removeFolder();
  };
  try {
    for (const { slot } of gateways) slot.start();
    await Promise.all([provider.start(), receiver.start(), ...gateways.map((gateway) => gateway.ready())]);
  } catch (error) {
    await close();
    throw error;
  }
  return { provider, ledger, gateways, receiver, close };
}

/** Below the ports of outgoing connections, one of which could take the port of a program that is down. */
const [least, most] = [12_000, 30_000];

/** Returns so many different free ports. */
async function freePorts(count: number): Promise<number[]> {
  const probes = new Map<number, Server>();
  while (probes.size < count) {
    const port = least + Math.floor(Math.random() * (most - least));
    const probe = probes.has(port) ? null : await listenOn(port);
    if (probe) probes.set(port, probe);
  }
  for (const probe of probes.values()) {
    probe.close();
    await once(probe, 'close');
  }
  return [...probes.keys()];
}

async function listenOn(port: number): Promise<Server | null> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return probe;
  } catch {
    return null;
  }
}
