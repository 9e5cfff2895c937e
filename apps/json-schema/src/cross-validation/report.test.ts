import { expect, it } from 'vitest';
import { type Judgement, report } from './report.js';

const agreeing: Judgement = {
  judge: 'Ruby',
  document: 'act',
  verdict: { agreed: 2, disagreed: 0, first: [] },
};

it('adds up what judges say, and shows where they differ', () => {
  const verdict = { agreed: 3, disagreed: 1, first: ['{"valid":true,"value":{}}'] };
  const lines = report([agreeing, { judge: 'Ruby', document: 'fault', verdict }]);
  expect(lines).toEqual([
    'document  Ruby',
    'act       2 agreed',
    'fault     3 agreed, 1 not',
    'all       5 agreed, 1 not',
    '✗ Ruby, fault: {"valid":true,"value":{}}',
  ]);
});

it('cuts long documents', () => {
  const verdict = { agreed: 0, disagreed: 1, first: ['x'.repeat(100_000)] };
  expect(report([{ ...agreeing, verdict }]).at(-1)?.length).toBeLessThan(1_000);
});
