import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Violation, type ViolationKind, violationKinds } from '../checker/observations.js';
import type { RunResult } from '../run-result.js';
import { percent } from './run-facts.js';

/** Number of violations of a kind that are listed. */
const listedMost = 20;

/** Returns the report of a run as a page. */
function markdownReport(result: RunResult): string {
  const { violations } = result;
  const verdict =
    violations.length === 0
      ? 'The books agree.'
      : `**The books do not agree: ${violations.length} violations.**`;
  return [
    `# Crash harness: ${nameOf(result)}`,
    '',
    verdict,
    '',
    '```sh',
    result.command,
    '```',
    '',
    ...facts(result),
    '## What was looked for',
    '',
    ...table(['', 'found', 'meaning'], findings(result)),
    ...listed(result),
    '## How much there was',
    '',
    ...table(['', ''], Object.entries(result.counts)),
    `## ${result.review.heading}`,
    '',
    result.review.line,
    '',
    result.review.remark,
    '',
    ...Object.entries(result.review.tables).flatMap(([heading, counts]) => [
      ...table([heading, ''], Object.entries(counts)),
    ]),
    '## What went wrong on purpose',
    '',
    ...table(['disturbance', 'times'], Object.entries(result.injectedFaults)),
    ...table(['fault at the provider', 'calls struck'], Object.entries(result.providerFaults)),
    ...table(['receiver of webhooks', 'times'], Object.entries(result.receiverFaults)),
    ...table(['way of writing', 'receipts', 'share'], writings(result)),
  ].join('\n');
}

function writings({ writing, receiptsAtProvider }: RunResult): (readonly [string, number, string])[] {
  return Object.entries(writing).map(([way, count]) => [way, count, percent(count, receiptsAtProvider)]);
}

/** Returns what a run is called: its ledger, behind any provider but the first. */
function nameOf({ provider, ledger }: RunResult): string {
  return provider === 'freedompay' ? ledger : `${provider}-${ledger}`;
}

function facts(result: RunResult): string[] {
  const { seed, place, gateways, without, startedAt, durationMs, machine, times } = result;
  return [
    `- seed ${seed}, ${gateways} ${gateways === 1 ? 'gateway' : 'gateways'}`,
    `- ${place}`,
    ...times.map((each) => `- ${each}`),
    ...(without === null ? [] : [`- without ${without}, which was taken out to see whether that shows`]),
    `- ${startedAt.toISOString()}, ${Math.round(durationMs / 1_000)} seconds, ${machine}`,
    '',
  ];
}

function findings({ violations }: RunResult): (readonly [string, number, string])[] {
  return Object.entries(countViolations(violations)).map(([kind, count]) => [
    kind,
    count,
    violationKinds[kind as ViolationKind],
  ]);
}

function listed({ violations }: RunResult): string[] {
  const byKind = Map.groupBy(violations, ({ kind }) => kind);
  return [...byKind].flatMap(([kind, found]) => [
    `### ${kind}`,
    '',
    ...found.slice(0, listedMost).map(({ what }) => `- ${what}`),
    ...(found.length > listedMost ? [`- and ${found.length - listedMost} more`] : []),
    '',
  ]);
}

function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line), ''];
}

/** Writes the report of a run, for people and for programs; returns the path of the page. */
export function writeReport(folder: string, result: RunResult): string {
  mkdirSync(folder, { recursive: true });
  const name = result.without === null ? nameOf(result) : `${nameOf(result)}-without-${result.without}`;
  const page = join(folder, `${name}.md`);
  writeFileSync(page, markdownReport(result));
  const { injectedFaults: disturbances, providerFaults: faults, violations, review, ...facts } = result;
  const found = countViolations(violations);
  const report = { ...facts, ...review.facts, disturbances, faults, violations, found };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  return page;
}

/** Counts violations of each kind, zeros included. */
function countViolations(violations: readonly Violation[]): Record<ViolationKind, number> {
  const kinds = Object.keys(violationKinds) as ViolationKind[];
  const counts = kinds.map((kind) => [
    kind,
    violations.filter((violation) => violation.kind === kind).length,
  ]);
  return Object.fromEntries(counts);
}
