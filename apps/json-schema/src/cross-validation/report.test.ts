import { expect, it } from 'vitest';
import type { CrossValidation } from './cross-validate.js';
import { report } from './report.js';

const agreeing: CrossValidation = {
  validator: 'PHP',
  document: 'act',
  agreement: { agreed: 2, disagreed: 0, first: [] },
};

it('adds up what validators find, and shows where they differ', () => {
  const agreement = { agreed: 3, disagreed: 1, first: ['{"valid":true,"value":{}}'] };
  const lines = report([agreeing, { validator: 'PHP', document: 'fault', agreement }]);
  expect(lines).toEqual([
    'document  PHP',
    'act       2 agreed',
    'fault     3 agreed, 1 not',
    'all       5 agreed, 1 not',
    '✗ PHP, fault: {"valid":true,"value":{}}',
  ]);
});

it('cuts long documents', () => {
  const agreement = { agreed: 0, disagreed: 1, first: ['x'.repeat(100_000)] };
  expect(report([{ ...agreeing, agreement }]).at(-1)?.length).toBeLessThan(1_000);
});
