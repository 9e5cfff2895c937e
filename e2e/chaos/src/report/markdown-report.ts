import { type ViolationKind, violationKinds } from '../books/violation.js';
import type { RunResult } from '../run-result.js';
import { countViolations } from './count-violations.js';

/** How many violations of a kind are listed. */
const listedMost = 20;

/** The report of a run as a page. */
export function markdownReport(result: RunResult): string {
  const { violations } = result;
  const verdict =
    violations.length === 0
      ? 'The books agree.'
      : `**The books do not agree: ${violations.length} violations.**`;
  return [
    `# Crash laboratory: ${result.ledger}`,
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
    '## What went wrong on purpose',
    '',
    ...table(['disturbance', 'times'], Object.entries(result.disturbances)),
    ...table(['fault at the provider', 'calls struck'], Object.entries(result.faults)),
  ].join('\n');
}

function facts({ seed, place, gateways, without, startedAt, durationMs, machine }: RunResult): string[] {
  return [
    `- seed ${seed}, ${gateways} ${gateways === 1 ? 'gateway' : 'gateways'}`,
    `- ${place}`,
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
