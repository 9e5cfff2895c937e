import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.js';
import { accept } from './benchmarks/accept/accept.js';
import { client } from './benchmarks/client/client.js';
import { deliver } from './benchmarks/deliver.js';
import { growth } from './benchmarks/growth/growth.js';
import { idleAccounts } from './benchmarks/idle-accounts.js';
import { latency } from './benchmarks/latency/latency.js';
import { memory } from './benchmarks/memory.js';
import { neighbour } from './benchmarks/neighbour/neighbour.js';
import { parse } from './benchmarks/parse.js';
import { readers } from './benchmarks/readers/readers.js';
import { scaleOut } from './benchmarks/scale-out/scale-out.js';
import { search } from './benchmarks/search/search.js';
import { size } from './benchmarks/size/size.js';
import { start } from './benchmarks/start/start.js';
import { store } from './benchmarks/store.js';
import { storePostgres } from './benchmarks/store-postgres.js';
import { webhooks } from './benchmarks/webhooks.js';
import { type Evaluation, evaluate } from './evaluation.js';
import { formatTable, writeJson } from './report.js';

/** Every benchmark, in the order in which they run. */
const benchmarks: readonly Benchmark[] = [
  accept,
  deliver,
  latency,
  client,
  parse,
  scaleOut,
  store,
  storePostgres,
  growth,
  readers,
  webhooks,
  search,
  memory,
  neighbour,
  idleAccounts,
  start,
  size,
];

const defaultJsonFile = 'data/bench.json';

/** Runs the command line, and returns the exit status. */
async function run(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  if (settings.help) {
    process.stdout.write(helpText());
    return 0;
  }
  useTemporaryFolder();
  const startedAt = new Date();
  const evaluations = await measure(settings);
  writeJson(settings.jsonFile, { startedAt, quick: settings.quick, evaluations });
  process.stdout.write(`\n${formatTable(evaluations)}\n\nThe figures are in ${settings.jsonFile}.\n`);
  const missed = evaluations.some(({ thresholds }) => thresholds.some(({ met }) => !met));
  return settings.check && missed ? 1 : 0;
}

interface Settings {
  readonly help: boolean;
  readonly benchmarks: readonly Benchmark[];
  readonly jsonFile: string;
  readonly check: boolean;
  readonly quick: boolean;
}

/** Reads the command line. Throws an error with a message for the user for a wrong argument. */
function readSettings(argv: readonly string[]): Settings {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'string', default: defaultJsonFile },
      check: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => benchmarks.every((benchmark) => benchmark.name !== name));
  if (unknown.length > 0) throw new Error(`no such benchmark: ${unknown.join(', ')}; see --help`);
  return {
    help: values.help,
    benchmarks: benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    jsonFile: values.json,
    check: values.check,
    quick: values.quick,
  };
}

function helpText(): string {
  const width = Math.max(...benchmarks.map(({ name }) => name.length)) + 2;
  return [
    'Measures fiscalkit side by side, and prints a table.',
    '',
    'Usage: npm run bench -- [BENCHMARK…] [--json FILE] [--check] [--quick]',
    '',
    'Benchmarks (all of them when none is named):',
    ...benchmarks.map(({ name, title }) => `  ${name.padEnd(width)}${title}`),
    '',
    `  --json FILE  where to write the figures (${defaultJsonFile})`,
    '  --check      exit status 1 when a threshold is missed',
    '  --quick      small amounts: shows that the benchmarks work, says nothing about their thresholds',
    '',
  ].join('\n');
}

/** Keeps all temporary files, gigabytes of them, in a folder that ends with this process. */
function useTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-bench-'));
  // The database server may run as another user, who must be able to reach its data.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

async function measure(settings: Settings): Promise<Evaluation[]> {
  const evaluations: Evaluation[] = [];
  for (const benchmark of settings.benchmarks) {
    const onProgress = (what: string) => process.stderr.write(`${benchmark.name}: ${what}\n`);
    for (const comparison of await benchmark.measure({ quick: settings.quick, onProgress })) {
      // Thresholds do not hold for small amounts.
      const requested = settings.quick ? { ...comparison, thresholds: [] } : comparison;
      evaluations.push(evaluate(benchmark.name, requested));
    }
  }
  return evaluations;
}

const status = await run().catch((error) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  return 1;
});
// The database server's package sets the exit status of a process that ends by itself.
process.exit(status);
