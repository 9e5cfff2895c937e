import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { targetNames } from '../targets/open-targets.js';

/** Settings from the command line. */
export interface Arguments {
  readonly help: boolean;
  readonly seconds: number;
  readonly seed: number;
  /** In the order of all targets. */
  readonly names: readonly string[];
  readonly path: string | undefined;
  readonly json: string | undefined;
}

/** Reads the command line. Throws an error whose message is for the user. */
export function readArguments(commandLine: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(randomInt(2 ** 31)) },
      target: { type: 'string', multiple: true, default: [...targetNames] },
      path: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const unknown = values.target.find((name) => !targetNames.includes(name));
  if (unknown !== undefined) throw new Error(`there is no target ${unknown}; see --help`);
  if (values.path !== undefined && values.target.length !== 1) throw new Error('--path needs one --target');
  return {
    help: values.help,
    seconds: wholeNumber('--seconds', values.seconds, 1_000_000),
    seed: wholeNumber('--seed', values.seed, 2 ** 31 - 1),
    names: targetNames.filter((name) => values.target.includes(name)),
    path: values.path,
    json: values.json,
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(number) <= most) return number;
  throw new Error(`${name} takes a whole number up to ${most}`);
}

/** Text of `--help`. */
export const help = `fuzz: hostile input for every parser and endpoint

  --seconds N      how long, all targets together (default 60)
  --seed N         where to begin; a random one is chosen and printed otherwise
  --target NAME    only this target; may be given several times
  --path PATH      only the input that a finding named; with --seed and one --target
  --json FILE      also write the result as JSON
  --help           this text

Targets: ${targetNames.join(', ')}

Ends with 1 when anything violates what must hold of every input.
`;
