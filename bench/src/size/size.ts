import type { Comparison, Contestant, ValueBar } from '../comparison/comparison.js';
import { percentile } from '../comparison/percentile.js';
import type { Row } from '../row.js';
import { type Choice, choices } from './contestants.js';
import { type ImportTime, importTime } from './import-time.js';
import { installedPackage, withDependencies } from './installed-package.js';
import type { MeasuredPackage } from './measured-package.js';
import { unpackedBytes } from './unpacked-bytes.js';

const rounds = { full: 15, quick: 2 };

/** What our packages weigh on a user's disk and on a user's start. */
export const size: Row = {
  name: 'size',
  title: 'import time and unpacked size of schemas, client and nestjs',
  async measure({ quick, tell }) {
    const comparisons: Comparison[] = [];
    for (const choice of choices) {
      tell(choice.title);
      comparisons.push(
        ...(await compareImports(choice, quick ? rounds.quick : rounds.full)),
        ...compareSizes(choice),
      );
    }
    return comparisons;
  },
};

async function compareImports(
  { title, packages, loadedBefore }: Choice,
  count: number,
): Promise<Comparison[]> {
  const times = packages.map((each) => ({ each, samples: [] as ImportTime[] }));
  // The first round fills the file system's cache, and does not count.
  for (let round = 0; round <= count; round += 1) {
    for (const { each, samples } of times) {
      const time = await importTime(each.entry, loadedBefore);
      if (round > 0) samples.push(time);
    }
  }
  const contestants = (sampleOf: (time: ImportTime) => number) =>
    times.map(({ each, samples }) => ({ name: each.name, samples: samples.map(sampleOf) }));
  const inTime = contestants(({ ms }) => ms);
  const inProcessorTime = contestants(({ processorMs }) => processorMs);
  return [
    { what: `import of ${title}`, unit: 'ms', contestants: inTime, bars: barsFor(packages, inTime) },
    { what: `import of ${title}, processor time`, unit: 'ms', contestants: inProcessorTime, bars: [] },
  ];
}

function compareSizes({ title, packages }: Choice): Comparison[] {
  const unit = 'kB';
  const weigh = (pick: (each: MeasuredPackage) => ReturnType<typeof withDependencies>) =>
    packages
      // What is packed together is weighed once.
      .filter(({ name }) =>
        packages.every((other) => other.name === name || !name.startsWith(`${other.name}/`)),
      )
      .map((each) => ({
        name: each.name,
        samples: [pick(each).reduce((sum, installed) => sum + unpackedBytes(installed), 0) / 1000],
      }));
  const alone = weigh((each) => each.packages.map((name) => installedPackage(name)));
  const withAll = weigh((each) => withDependencies(each.packages.map((name) => installedPackage(name))));
  return [
    { what: `unpacked ${title}`, unit, contestants: alone, bars: barsFor(packages, alone) },
    { what: `unpacked ${title}, with all that they need`, unit, contestants: withAll, bars: [] },
  ];
}

/** Each of ours no heavier than the median of its peers. */
function barsFor(packages: readonly MeasuredPackage[], contestants: readonly Contestant[]): ValueBar[] {
  const isOurs = (contestant: Contestant) =>
    packages.some(({ name, isOurs }) => isOurs && name === contestant.name);
  const peers = contestants.filter((contestant) => !isOurs(contestant));
  const value = percentile(
    peers.map(({ samples }) => percentile(samples, 0.5)),
    0.5,
  );
  return contestants.filter(isOurs).map(({ name }) => ({ kind: 'at most', value, of: name }));
}
