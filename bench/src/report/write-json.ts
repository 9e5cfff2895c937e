import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Judgement } from '../comparison/judge.js';
import { machine } from './machine.js';

/** What of a run is worth keeping. */
export interface Report {
  readonly startedAt: Date;
  readonly quick: boolean;
  readonly judgements: readonly Judgement[];
}

/** Writes the figures of a run, with what they were measured on. */
export function writeJson(path: string, report: Report): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...report, machine: machine() }, null, 2)}\n`);
}
