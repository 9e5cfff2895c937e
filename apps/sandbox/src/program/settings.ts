import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FiscalError } from '@fiscalkit/schemas';
import { type FaultRule, readFaultRules } from '../faults/fault-rule.js';
import { type SandboxOptions, sandboxDefaults } from '../sandbox-options.js';
import { readWriting } from '../writing/writing-way.js';

/** Settings from the command line: a text to print, or the options of the sandbox. */
export type ProgramSettings =
  | { readonly print: 'help' | 'version' }
  | { readonly print: null; readonly options: SandboxOptions };

/**
 * Parses the command line. Throws `sandbox.arguments`, for fault rules `sandbox.fault.invalid`, for ways of
 * writing `sandbox.writing.invalid`.
 */
export function readSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): ProgramSettings {
  const values = readArguments(argv, environment);
  if (values.help) return { print: 'help' };
  if (values.version) return { print: 'version' };
  return {
    print: null,
    options: {
      host: values.host,
      port: readNumber('--port', values.port, 65_535),
      registrationDelayMs: readNumber('--registration-delay-ms', values['registration-delay-ms'], 3_600_000),
      seed: readNumber('--seed', values.seed, 0xffff_ffff),
      faults: readFaultsArgument(values.faults),
      writing: readWriting(values.writes === '' ? [] : values.writes.split(',')),
      ...(values.data === undefined ? {} : { dataFile: values.data }),
    },
  };
}

function readArguments(argv: readonly string[], environment: NodeJS.ProcessEnv) {
  const { host, registrationDelayMs, seed } = sandboxDefaults;
  const options = {
    help: { type: 'boolean', short: 'h', default: false },
    version: { type: 'boolean', default: false },
    host: { type: 'string', default: host },
    port: { type: 'string', default: environment.SANDBOX_PORT ?? '8090' },
    'registration-delay-ms': { type: 'string', default: String(registrationDelayMs) },
    seed: { type: 'string', default: String(seed) },
    faults: { type: 'string', default: '[]' },
    writes: { type: 'string', default: '' },
    data: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (cause) {
    throw argumentsError(cause instanceof Error ? cause.message : 'unreadable arguments', cause);
  }
}

function readNumber(name: string, text: string, max: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw argumentsError(`${name} takes a whole number from 0 to ${max}`);
}

/** Parses fault rules given as JSON or as the path of a JSON file. */
function readFaultsArgument(text: string): FaultRule[] {
  return readFaultRules(parse(/^\s*[[{]/.test(text) ? text : readFile(text)));
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw argumentsError(`--faults: cannot read the file ${path}`, cause);
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw argumentsError('--faults: this is not JSON', cause);
  }
}

function argumentsError(message: string, cause?: unknown): FiscalError {
  return new FiscalError({ code: 'sandbox.arguments', message, retryable: false, cause });
}
