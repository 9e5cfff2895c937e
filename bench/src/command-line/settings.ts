import { parseArgs } from 'node:util';
import type { Row } from '../row.js';

/** What the command line asks for. */
export interface Settings {
  readonly help: boolean;
  readonly rows: readonly Row[];
  readonly jsonFile: string;
  readonly check: boolean;
  readonly quick: boolean;
}

export const defaultJsonFile = 'data/bench.json';

/** Reads the command line. Throws an error with a message for the user for what it can't take. */
export function readSettings(argv: readonly string[], rows: readonly Row[]): Settings {
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
  const unknown = positionals.filter((name) => rows.every((row) => row.name !== name));
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}; see --help`);
  return {
    help: values.help,
    rows: rows.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    jsonFile: values.json,
    check: values.check,
    quick: values.quick,
  };
}
