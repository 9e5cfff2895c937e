import type { Benchmark, Candidate, Comparison, ValueThreshold } from '../../benchmark.js';
import { percentile } from '../../percentile.js';
import {
  type ImportTime,
  importTime,
  installedPackage,
  unpackedBytes,
  withDependencies,
} from './packages.js';

/** A package that is measured. */
interface MeasuredPackage {
  /** Its name as a candidate. */
  readonly name: string;
  readonly isOurs: boolean;
  /** Module that a program imports. */
  readonly entry: string;
  /** Packages that it needs to be of use, itself first: their sizes are added up. */
  readonly packages: readonly string[];
}

/** A group of packages that a user chooses among. */
interface Choice {
  readonly title: string;
  /** Modules that the program has loaded anyway: imported before the clock runs. */
  readonly loadedBefore: readonly string[];
  readonly packages: readonly MeasuredPackage[];
}

const vendorSdks = ['@webzaytsev/yookassa-ts-sdk', '@a2seven/yoo-checkout', 'stripe'].map((name) =>
  packageOf(name, false),
);

/** Our packages, each among what others take in its place. */
const choices: readonly Choice[] = [
  {
    title: 'provider clients',
    loadedBefore: [],
    packages: [
      ...vendorSdks,
      packageOf('@fiscalkit/schemas', true),
      packageOf('@fiscalkit/client', true),
      {
        ...packageOf('@fiscalkit/client', true),
        name: '@fiscalkit/client/freedompay',
        entry: '@fiscalkit/client/freedompay',
      },
    ],
  },
  {
    title: 'Nest modules, in an application that has Nest',
    loadedBefore: ['reflect-metadata', '@nestjs/common', '@nestjs/core'],
    packages: [
      packageOf('nestjs-yookassa', false),
      { ...packageOf('@nestjs/bullmq', false), packages: ['@nestjs/bullmq', 'bullmq'] },
      packageOf('@fiscalkit/nestjs', true),
    ],
  },
];

const rounds = { full: 15, quick: 2 };

/** Measures the weight of our packages on a user's disk and start. */
export const size: Benchmark = {
  name: 'size',
  title: 'import time and unpacked size of schemas, client and nestjs',
  async measure({ quick, onProgress }) {
    const comparisons: Comparison[] = [];
    for (const choice of choices) {
      onProgress(choice.title);
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
  const candidatesOf = (sampleOf: (time: ImportTime) => number) =>
    times.map(({ each, samples }) => ({ name: each.name, samples: samples.map(sampleOf) }));
  const inTime = candidatesOf(({ ms }) => ms);
  const inProcessorTime = candidatesOf(({ processorMs }) => processorMs);
  return [
    {
      what: `import of ${title}`,
      unit: 'ms',
      candidates: inTime,
      thresholds: thresholdsFor(packages, inTime),
    },
    { what: `import of ${title}, processor time`, unit: 'ms', candidates: inProcessorTime, thresholds: [] },
  ];
}

function compareSizes({ title, packages }: Choice): Comparison[] {
  const unit = 'kB';
  const weigh = (pick: (each: MeasuredPackage) => ReturnType<typeof withDependencies>) =>
    packages
      // A package is weighed once, whatever entries it has.
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
    { what: `unpacked ${title}`, unit, candidates: alone, thresholds: thresholdsFor(packages, alone) },
    { what: `unpacked ${title}, with all that they need`, unit, candidates: withAll, thresholds: [] },
  ];
}

/** Each of ours may be no heavier than the median of its peers. */
function thresholdsFor(
  packages: readonly MeasuredPackage[],
  candidates: readonly Candidate[],
): ValueThreshold[] {
  const isOurs = (candidate: Candidate) =>
    packages.some(({ name, isOurs }) => isOurs && name === candidate.name);
  const peers = candidates.filter((candidate) => !isOurs(candidate));
  const value = percentile(
    peers.map(({ samples }) => percentile(samples, 0.5)),
    0.5,
  );
  return candidates.filter(isOurs).map(({ name }) => ({ kind: 'at most', value, of: name }));
}

/** Returns the package of a name, imported by its name. */
function packageOf(name: string, isOurs: boolean): MeasuredPackage {
  return { name, isOurs, entry: name, packages: [name] };
}
