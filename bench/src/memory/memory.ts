import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { untilDelivered } from '../accept/until-delivered.js';
import type { Bar, Comparison } from '../comparison/comparison.js';
import { runLoad } from '../load/run-load.js';
import { startGateway } from '../programs/start-gateway.js';
import { startSandbox } from '../programs/start-sandbox.js';
import { formatNumber } from '../report/format-number.js';
import type { Circumstances, Row } from '../row.js';
import { withEnvironment } from '../start/with-environment.js';
import { type MemoryInUse, MemoryProbe } from './memory-probe.js';

const connections = 64;
const restMs = 1_000;
const megabyte = 1_000_000;

/**
 * Receipts of each stage: an hour at 28 receipts a second. They are sent in portions, as fast as they are accepted, each when the one
 * before it is delivered.
 */
const full = { stage: 100_000, portion: 10_000 };
const quick = { stage: 1_000, portion: 500 };

/**
 * What may be held more after any number of receipts than after the start, in megabytes. What nobody reaches any more is collected when
 * the runtime likes, and makes up most of what the system sees: its bound is wide, and what is in use has the narrow one.
 */
const bounds = { resident: 512, inUse: 16 };

/** What a gateway holds of the receipts that it has finished: nothing. */
export const memory: Row = {
  name: 'memory',
  title:
    'memory of a gateway after its start, after 100,000 receipts delivered, and after an hour more, compressed',
  async measure(circumstances) {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-memory-'));
    try {
      return compare(await stages(folder, circumstances));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Stage {
  readonly name: string;
  readonly inUse: MemoryInUse;
}

/** Has one gateway accept and deliver more and more receipts, and looks at its memory when nothing is under way. */
async function stages(folder: string, { quick: isQuick, tell }: Circumstances): Promise<Stage[]> {
  const { stage, portion } = isQuick ? quick : full;
  const probe = new MemoryProbe(folder);
  const sandbox = await startSandbox(0);
  const ledgerUrl = `sqlite:${join(folder, 'ledger.sqlite')}`;
  const gateway = await withEnvironment(probe.environment, () =>
    startGateway({ role: 'all', ledgerUrl, providerUrl: sandbox.url }),
  );
  const found: Stage[] = [];
  let delivered = 0;
  for (const end of [0, stage, 2 * stage]) {
    for (; delivered < end; delivered += portion) {
      await runLoad({
        url: gateway.url,
        connections,
        requests: portion,
        firstPayment: 1_000_000 + delivered,
      });
      await untilDelivered(gateway.url);
    }
    await delay(restMs);
    const inUse = await probe.ask(gateway.pid);
    found.push({ name: end === 0 ? 'after the start' : `after ${formatNumber(end)} receipts`, inUse });
    tell(`${formatNumber(delivered)} receipts delivered, ${formatNumber(inUse.resident / megabyte)} MB`);
  }
  await gateway.stop();
  await sandbox.stop();
  return found;
}

function compare(found: readonly Stage[]): Comparison[] {
  const comparison = (what: string, sizeOf: (inUse: MemoryInUse) => number, boundMegabytes: number) => {
    const contestants = found.map(({ name, inUse }) => ({ name, samples: [sizeOf(inUse) / megabyte] }));
    return { what, unit: 'MB', contestants, bars: barsFor(contestants, boundMegabytes) };
  };
  return [
    comparison('resident memory of the gateway', ({ resident }) => resident, bounds.resident),
    comparison('JavaScript objects in use', ({ heap }) => heap, bounds.inUse),
    comparison('buffers in use', ({ external }) => external, bounds.inUse),
  ];
}

/** No later stage holds more than the first and the bound, and the last hardly more than the one before it, however many come. */
function barsFor(
  [start, middle, last]: readonly { readonly name: string; readonly samples: readonly number[] }[],
  boundMegabytes: number,
): Bar[] {
  if (!start || !middle || !last) return [];
  const value = (start.samples[0] ?? 0) + boundMegabytes;
  return [
    { kind: 'at most', value, of: middle.name },
    { kind: 'at most', value, of: last.name },
    { kind: 'at most', ratio: 1.1, of: last.name, to: [middle.name] },
  ];
}
