import { parseArgs } from 'node:util';
import type { PlanRequest } from './generator/plan.js';
import { type MutationName, mutationNames, mutations } from './mutations/mutations.js';
import type { LedgerKind } from './nemesis/fault.js';
import { createProvider, type ProviderName, providerNames, usualDayMs } from './providers/providers.js';
import { showProgress } from './report/progress.js';
import { writeReport } from './report/report.js';
import { runHarness } from './run-harness.js';

/** Longer than the longest wait that faults can leave behind: ten minutes between two steps of an entry. */
const settleMs = 660_000;

/** Runs the program; returns its exit status. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    const { help, reportFolder, ...settings } = readSettings(argv);
    if (help) {
      process.stdout.write(helpText);
      return 0;
    }
    const result = await runHarness({ ...settings, settleMs, onProgress: showProgress(process.stderr) });
    const page = writeReport(reportFolder, result);
    process.stdout.write(`\n${result.review.line}\n`);
    const { length } = result.violations;
    process.stdout.write(`${length === 0 ? 'The books agree' : `${length} violations`}: see ${page}\n`);
    return length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`\nchaos: ${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
}

/** Settings from the command line. */
export interface Settings extends PlanRequest {
  readonly help: boolean;
  readonly provider: ProviderName;
  readonly dayMs: number;
  readonly ledger: LedgerKind;
  readonly without: MutationName | null;
  readonly reportFolder: string;
}

const defaults = { receipts: 1_000, gateways: 4, seed: 1, reportFolder: 'data/chaos' } as const;

const ledgers: readonly LedgerKind[] = ['sqlite', 'postgres'];
const receiptsPerKill = 90;
const leastKills = 5;

/** Reads the command line. Throws an error whose message is for the user. */
export function readSettings(argv: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      provider: { type: 'string' },
      day: { type: 'string' },
      receipts: { type: 'string' },
      ledger: { type: 'string' },
      seed: { type: 'string', default: String(defaults.seed) },
      gateways: { type: 'string' },
      kills: { type: 'string' },
      emphasis: { type: 'string' },
      without: { type: 'string' },
      report: { type: 'string', default: defaults.reportFolder },
    },
  });
  const without = values.without === undefined ? null : readName('--without', values.without, mutationNames);
  const shown = without === null ? null : mutations[without];
  const ledger = readName('--ledger', values.ledger ?? shown?.ledger ?? 'sqlite', ledgers);
  if (shown && ledger !== shown.ledger) throw new Error(`--without ${without} is shown on ${shown.ledger}`);
  const provider = readName('--provider', values.provider ?? shown?.provider ?? 'freedompay', providerNames);
  if (shown && shown.provider !== provider)
    throw new Error(`--without ${without} is shown with ${shown.provider}`);
  const dayMs = readNumber('--day', values.day, [500, 86_400_000], shown?.dayMs ?? usualDayMs);
  const profiles = Object.keys(createProvider({ provider, dayMs }).profiles);
  const one = ledger === 'sqlite';
  const receipts = readNumber(
    '--receipts',
    values.receipts,
    [1, 1_000_000],
    shown?.receipts ?? defaults.receipts,
  );
  return {
    help: values.help,
    provider,
    dayMs,
    ledger,
    receipts,
    seed: readNumber('--seed', values.seed, [0, 0xffff_ffff], defaults.seed),
    gateways: readNumber(
      '--gateways',
      values.gateways,
      [1, one ? 1 : 16],
      shown?.gateways ?? (one ? 1 : defaults.gateways),
    ),
    kills: readNumber('--kills', values.kills, [1, 100_000], shown?.kills ?? killsFor(receipts)),
    profile: readName('--emphasis', values.emphasis ?? shown?.profile ?? ledger, profiles),
    without,
    reportFolder: values.report,
  };
}

function killsFor(receipts: number): number {
  return Math.max(leastKills, Math.ceil(receipts / receiptsPerKill));
}

function readName<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const name = names.find((candidate) => candidate === text);
  if (name) return name;
  throw new Error(`${option} takes one of ${names.join(', ')}`);
}

function readNumber(
  option: string,
  text: string | undefined,
  [least, most]: readonly [number, number],
  otherwise: number,
): number {
  if (text === undefined) return otherwise;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Error(`${option} takes a whole number from ${least} to ${most}`);
}

/** Returns the names of the profiles of all providers. */
function emphases(): string[] {
  const profiles = providerNames.map((provider) => createProvider({ provider, dayMs: usualDayMs }).profiles);
  return [...new Set(profiles.flatMap((each) => Object.keys(each)))];
}

/** Text of `--help`. */
const helpText = `Crashes everything, again and again, and counts what was lost or doubled.

Usage: npm run chaos -- [OPTIONS]

  --receipts N      receipts that clients hand in, confirmations not counted (${defaults.receipts})
  --provider NAME   who registers them: ${providerNames.join(', ')} (freedompay)
  --day MS          length of a day of the provider's memory, where it has one (${usualDayMs})
  --ledger KIND     sqlite or postgres (sqlite)
  --seed N          what the documents, faults and kills are drawn from (${defaults.seed})
  --gateways N      processes on one PostgreSQL (${defaults.gateways}); SQLite has one
  --kills N         how often a gateway is killed (one for every 90 receipts, 5 at least)
  --emphasis NAME   what goes wrong most (the ledger's own: everything that can):
                    ${emphases().join(', ')}
  --without SAFETY  takes a safety out of the ledger, to show that its absence is seen:
                    ${mutationNames.join(', ')}
  --report FOLDER   where to write the report, in Markdown and JSON (${defaults.reportFolder})
  --help            this text

Exit status: 0 when the books agree, 1 when they do not, 2 when the run could not be made.
`;
