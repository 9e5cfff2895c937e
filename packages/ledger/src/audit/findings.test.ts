import { describe, expect, it } from 'vitest';
import { Findings } from './findings.js';
import type { AuditFault } from './report.js';

const missing = (position: number): AuditFault => ({
  code: 'audit.row.missing',
  message: 'The row is gone.',
  position,
  entryId: `entry-${position}`,
  version: 1,
});

function findingsOf(faults: readonly AuditFault[]): Findings {
  const findings = new Findings();
  for (const fault of faults) findings.add(fault);
  return findings;
}

describe('findings', () => {
  it('come in the order of positions, those about the whole ledger last', () => {
    const damaged: AuditFault = { code: 'audit.file.damaged', message: 'torn' };
    expect(findingsOf([damaged, missing(7), missing(2)]).inOrder()).toEqual([
      missing(2),
      missing(7),
      damaged,
    ]);
  });

  it('name a row once, with its position where one finding knows it', () => {
    const { position: _unknown, ...unplaced } = missing(2);
    const changed: AuditFault = { ...missing(2), code: 'audit.row.changed', entryId: 'another' };
    expect(findingsOf([unplaced, missing(2), changed]).inOrder()).toEqual([missing(2)]);
  });

  it('that are very many are kept as far as they come first, and those about the whole ledger', () => {
    const damaged: AuditFault = { code: 'audit.file.damaged', message: 'torn' };
    const many = Array.from({ length: 9_000 }, (_, index) => missing(9_000 - index));
    const findings = findingsOf([damaged, ...many]);
    const kept = findings.inOrder();
    expect(findings.more).toBe(true);
    expect(kept.slice(0, 2)).toEqual([missing(1), missing(2)]);
    expect(kept).toHaveLength(1_001);
    expect(kept.at(-1)).toEqual(damaged);
  });

  it('tell which rows they name, and where they are', () => {
    const findings = findingsOf([missing(5)]);
    expect([findings.names('entry-5', 1), findings.names('entry-5', 2)]).toEqual([true, false]);
    expect([findings.isWithin(1, 5), findings.isWithin(6, 9)]).toEqual([true, false]);
  });
});
