import type { Dialect } from '../schemas/json-schema.js';
import { runProgram } from './run-program.js';

/** A JSON Schema validator of another language. */
export interface Validator {
  readonly name: string;
  /** The language's program as Debian installs it; another one would not find Debian's packages. */
  readonly program: string;
  /** Arguments with which the program exits with 0 when the validator is installed. */
  readonly presence: readonly string[];
  /** Its script below `validators/`. */
  readonly file: string;
  /** The dialect of the schemas that it reads. */
  readonly dialect: Dialect;
  /** The packages of Debian that it needs. */
  readonly packages: readonly string[];
}

const python = {
  program: '/usr/bin/python3',
  presence: ['-c', 'from jsonschema import Draft202012Validator'],
  file: 'validate.py',
  packages: ['python3-jsonschema'],
};

/**
 * The validators: at least one for each dialect, with two engines of regular expressions that are not
 * JavaScript's.
 */
export const validators: readonly Validator[] = [
  { ...python, name: 'Python 2020-12', dialect: '2020-12' },
  { ...python, name: 'Python draft-07', dialect: 'draft-07' },
  {
    name: 'PHP',
    program: '/usr/bin/php',
    // Without mbstring, the validator counts bytes instead of characters.
    presence: ['-r', 'require "JsonSchema/autoload.php"; mb_internal_encoding();'],
    file: 'validate.php',
    dialect: 'draft-07',
    packages: ['php-cli', 'php-mbstring', 'php-json-schema'],
  },
];

export interface InstallationOptions {
  /** Installs missing validators first, if that is possible. */
  readonly install: boolean;
  readonly print: (line: string) => void;
}

/** Returns the validators that this machine has. Prints a line with the reason for each of the others. */
export async function installedValidators({ install, print }: InstallationOptions): Promise<Validator[]> {
  const before = await divided(validators);
  if (before.missing.length === 0 || !install) return printMissing(before, print);
  const trouble = await installPackages([...new Set(before.missing.flatMap(({ packages }) => packages))]);
  return printMissing(await divided(validators), print, trouble);
}

interface Divided {
  readonly installed: Validator[];
  readonly missing: Validator[];
}

async function divided(all: readonly Validator[]): Promise<Divided> {
  const installed = await Promise.all(all.map(isInstalled));
  return {
    installed: all.filter((_, index) => installed[index]),
    missing: all.filter((_, index) => !installed[index]),
  };
}

/** Whether a validator and its language are on this machine. */
export async function isInstalled({ program, presence }: Validator): Promise<boolean> {
  const { status } = await runProgram(program, presence, 30_000);
  return status === 0;
}

function printMissing(
  { installed, missing }: Divided,
  print: InstallationOptions['print'],
  trouble?: string,
): Validator[] {
  for (const { name, packages } of missing) {
    print(`○ ${name} left out: needs Debian's ${packages.join(' and ')}${trouble ? ` (${trouble})` : ''}`);
  }
  return installed;
}

const installationTimeoutMs = 120_000;
const apt = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'Acquire::http::Timeout=20'];

/** Installs packages of Debian. Returns the reason of a failure. */
async function installPackages(packages: readonly string[]): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'only root may install packages';
  // Without current lists no package is found. A failure here is ignored: without a network the next step
  // fails too.
  await runProgram('/usr/bin/env', [...apt, 'update'], installationTimeoutMs);
  const install = [...apt, 'install', '--yes', '--no-install-recommends', ...packages];
  const { status, errors } = await runProgram('/usr/bin/env', install, installationTimeoutMs);
  return status === 0 ? undefined : errors.trim().split('\n').at(-1);
}
