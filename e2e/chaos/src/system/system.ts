import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SafetyName, safeties } from '../safeties/safeties.js';
import { type TakenOut, takeOut } from '../safeties/take-out.js';
import { Gateway, type GatewayRole, gatewayConfiguration } from './gateway.js';
import { type LedgerPlace, type LedgerRequest, openLedger } from './ledger-place.js';
import { beforeExit } from './program-slot.js';
import { Provider } from './provider.js';

/** What a world is made of. */
export interface WorldSettings extends LedgerRequest {
  readonly seed: number;
  readonly gateways: number;
  /** The safety to take out of the ledger that the gateways load. */
  readonly without: SafetyName | null;
}

/** The processes of a run: provider, ledger, gateways. */
export interface World {
  readonly provider: Provider;
  readonly ledger: LedgerPlace;
  readonly gateways: readonly Gateway[];
  close(): Promise<void>;
}

/** The first accepts and delivers, the second only accepts, the others only deliver. */
function roleOf(number: number): GatewayRole {
  return (['all', 'api'] as const)[number] ?? 'worker';
}

/** Puts up a world in which everything runs and nothing goes wrong yet. */
export async function openWorld(settings: WorldSettings): Promise<World> {
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

async function openIn(folder: string, settings: WorldSettings, removeFolder: () => void): Promise<World> {
  const [providerPort = 0, ...ports] = await freePorts(settings.gateways + 1);
  const provider = new Provider({ port: providerPort, folder, seed: settings.seed });
  const configurationFile = join(folder, 'gateway.json');
  writeFileSync(configurationFile, JSON.stringify(gatewayConfiguration(provider.url)));
  const copies = copiesFor(settings, folder);
  const gateways: Gateway[] = [];
  const ledger = await openLedger(settings, folder, () => gateways[0]?.slot.processId ?? null);
  const shared = { folder, configurationFile, ledgerUrl: ledger.url, copies };
  for (const [number, port] of ports.entries()) {
    gateways.push(new Gateway({ ...shared, name: `gateway-${number + 1}`, role: roleOf(number), port }));
  }
  const close = async () => {
    await Promise.all([...gateways.map(({ slot }) => slot.kill()), provider.kill()]);
    await ledger.close();
    removeFolder();
  };
  try {
    for (const { slot } of gateways) slot.start();
    await Promise.all([provider.start(), ...gateways.map(({ slot }) => slot.ready())]);
  } catch (error) {
    await close();
    throw error;
  }
  return { provider, ledger, gateways, close };
}

function copiesFor({ without }: WorldSettings, folder: string): TakenOut | null {
  return without === null ? null : takeOut(without, safeties[without].replacements, join(folder, 'copies'));
}

/** Below the ports that systems give to outgoing connections: one of these could take the port of a program that is down. */
const [least, most] = [12_000, 30_000];

/** So many ports, each another, that nothing listens on just now. */
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
