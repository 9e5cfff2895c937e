import { parseArgs } from 'node:util';
import type { LedgerKind } from '../plan/disturbance.js';
import { emphasisNames } from '../plan/emphasis.js';
import type { PlanRequest } from '../plan/plan.js';
import { type SafetyName, safeties, safetyNames } from '../safeties/safeties.js';

/** What the command line asks for. */
export interface Settings extends PlanRequest {
  readonly help: boolean;
  readonly ledger: LedgerKind;
  readonly without: SafetyName | null;
  readonly reportFolder: string;
}

export const defaults = { receipts: 1_000, gateways: 4, seed: 1, reportFolder: 'data/chaos' } as const;

const ledgers: readonly LedgerKind[] = ['sqlite', 'postgres'];
const receiptsPerKill = 90;
const leastKills = 5;

/** Reads the command line. Throws an error with a message for the user for what it can't take. */
export function readSettings(argv: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
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
  const without = values.without === undefined ? null : readName('--without', values.without, safetyNames);
  const shown = without === null ? null : safeties[without];
  const ledger = readName('--ledger', values.ledger ?? shown?.ledger ?? 'sqlite', ledgers);
  if (shown && ledger !== shown.ledger) throw new Error(`--without ${without} is shown on ${shown.ledger}`);
  const one = ledger === 'sqlite';
  const receipts = readNumber(
    '--receipts',
    values.receipts,
    [1, 1_000_000],
    shown?.receipts ?? defaults.receipts,
  );
  return {
    help: values.help,
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
    emphasis: readName('--emphasis', values.emphasis ?? shown?.emphasis ?? ledger, emphasisNames),
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
