import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../published-files.js';

/** The options of the program. */
export interface Settings {
  /** Installs missing validators, if that is possible. */
  readonly install: boolean;
  /** Documents to draw for each schema. */
  readonly count: number;
  readonly seed: number;
  /** The folder of the schemas, with a folder for each dialect. */
  readonly schemas: string;
}

/** Parses a command line. Throws for unknown arguments. */
export function readSettings(commandLine: string[]): Settings {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      install: { type: 'boolean', default: false },
      count: { type: 'string', default: '5000' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      schemas: { type: 'string', default: join(packageRoot, 'schemas') },
    },
  });
  const { count, seed, ...rest } = values;
  if (!/^\d+$/.test(count) || !/^\d+$/.test(seed)) throw new Error('--count and --seed are whole numbers.');
  return { ...rest, count: Number(count), seed: Number(seed) };
}
