import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '../run-result.js';
import { countViolations } from './count-violations.js';
import { markdownReport } from './markdown-report.js';

/** Writes the report of a run, for people and for programs; answers the path of the page. */
export function writeReport(folder: string, result: RunResult): string {
  mkdirSync(folder, { recursive: true });
  const name = result.without === null ? result.ledger : `${result.ledger}-without-${result.without}`;
  const page = join(folder, `${name}.md`);
  writeFileSync(page, markdownReport(result));
  const found = countViolations(result.violations);
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ ...result, found }, null, 2)}\n`);
  return page;
}
