import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../generate/package-root.js';

/** What the judging program was told. */
export interface Settings {
  /** Whether missing judges are installed, where that can be. */
  readonly install: boolean;
  /** Documents that are drawn about each schema. */
  readonly count: number;
  readonly seed: number;
  /** The folder with a folder of schemas a dialect. */
  readonly schemas: string;
}

/** Reads a command line. Throws for what it does not know. */
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
