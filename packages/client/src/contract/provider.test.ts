import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAtol } from '../providers/atol/atol-provider.js';
import { createFiscalbox } from '../providers/fiscalbox/fiscalbox-provider.js';
import { createFreedompay } from '../providers/freedompay/freedompay-provider.js';

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

describe('what the guide says of unknown outcomes', () => {
  it.each([
    ['FreedomPay', createFreedompay({ merchantId: '1', secretKey: 'secret' })],
    ['FiscalBox', createFiscalbox()],
    ['ATOL Online', createAtol({ version: 'v5', groupCode: 'g', login: 'l', password: 'p' })],
  ])('is what the room of %s says', (name, { unknownOutcome }) => {
    expect(documentedRow(name)).toEqual({
      'Found out by': unknownOutcome.foundOutBy,
      Guaranteed: unknownOutcome.guarantee,
      'What remains': unknownOutcome.remainingWindow,
      'A person checks': unknownOutcome.personChecks,
    });
  });

  it('follows the settle time that is set', () => {
    const { unknownOutcome } = createFreedompay({
      merchantId: '1',
      secretKey: 'secret',
      settlesWithinMs: 600_000,
    });
    expect(unknownOutcome.guarantee).toContain('within 600 seconds');
  });
});
