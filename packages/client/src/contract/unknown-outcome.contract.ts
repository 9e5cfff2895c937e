import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Provider } from './provider.js';

const guide = readFileSync(new URL('../../../../docs/guides/what-can-go-wrong.md', import.meta.url), 'utf8');

/** Returns the sentences that the guide prints under a provider's heading, by their bold names. */
function documentedRow(provider: string): Record<string, string> {
  const [, section = ''] = guide.split(new RegExp(`^### ${provider}.*$`, 'm'));
  const [list = ''] = section.split(/^#/m);
  const items = list.matchAll(/^- \*\*(.+?):\*\* (.+?)(?=^- |\n\n)/gms);
  return Object.fromEntries(
    [...items].map(([, name = '', text = '']) => [name, text.replaceAll(/\s+/g, ' ').trim()]),
  );
}

/** Proves that the guide says of unknown outcomes, under the provider's heading, what its folder says. */
export function describeUnknownOutcome(heading: string, { unknownOutcome }: Provider): void {
  it(`says of unknown outcomes what the guide says under "${heading}"`, () => {
    expect(documentedRow(heading)).toEqual({
      'Found out by': unknownOutcome.foundOutBy,
      Guaranteed: unknownOutcome.guarantee,
      'What remains': unknownOutcome.remainingWindow,
      'A person checks': unknownOutcome.personChecks,
    });
  });
}
