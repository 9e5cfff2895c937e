import { readFileSync } from 'node:fs';
import type { FaultRule } from '../faults/fault-rule.js';
import { readFaultRules } from '../faults/read-fault-rules.js';
import { argumentsError } from './arguments-error.js';

/** Reads fault rules given as JSON or as the name of a file that holds it. */
export function readFaultsArgument(text: string): FaultRule[] {
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
