import { type Violation, type ViolationKind, violationKinds } from '../books/violation.js';

/** How many violations there are of each kind, zeros included. */
export function countViolations(violations: readonly Violation[]): Record<ViolationKind, number> {
  const kinds = Object.keys(violationKinds) as ViolationKind[];
  const counts = kinds.map((kind) => [
    kind,
    violations.filter((violation) => violation.kind === kind).length,
  ]);
  return Object.fromEntries(counts);
}
