import type { AuditFault } from './audit-fault.js';

/** The faults in the order of positions, those without one last; of several that name the same row, the first found. Pure. */
export function inOrder(faults: readonly AuditFault[]): AuditFault[] {
  const named = new Set<string>();
  return faults
    .filter((fault) => {
      const name = nameOf(fault);
      const isNew = !named.has(name);
      named.add(name);
      return isNew;
    })
    .sort((one, other) => placeOf(one) - placeOf(other) || rankOf(one) - rankOf(other));
}

/** What a fault is about. */
function nameOf({ code, position, entryId, version, seal, message }: AuditFault): string {
  if (code.startsWith('audit.row.')) return `row ${position ?? `${entryId} ${version}`}`;
  if (code.startsWith('audit.seal.')) return `seal ${seal}`;
  return `${code} ${entryId} ${message}`;
}

function placeOf({ position }: AuditFault): number {
  return position ?? Number.MAX_SAFE_INTEGER;
}

/** Of what begins at the same position, the row comes first. */
function rankOf({ code }: AuditFault): number {
  return ['audit.row.', 'audit.entry.', 'audit.seal.', 'audit.'].findIndex((kind) => code.startsWith(kind));
}
