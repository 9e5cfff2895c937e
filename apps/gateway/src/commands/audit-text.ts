import type { AuditFault, AuditReport } from '@fiscalkit/ledger';

function placeOf({ position, version, entryId, seal }: AuditFault): string {
  const places = [
    position !== undefined && `position ${position}`,
    version !== undefined && `row ${version}`,
    entryId !== undefined && `entry ${entryId}`,
    seal !== undefined && `seal ${seal}`,
  ];
  return places.filter(Boolean).join(', ');
}

function faultLine(fault: AuditFault): string {
  const place = placeOf(fault);
  return `  ${fault.code}${place && ` at ${place}`}: ${fault.message}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The report of an audit for people. */
export function auditText({
  ok,
  rows,
  entries,
  seals,
  unsealedRows,
  lastSeal,
  faults,
  moreFaults,
}: AuditReport): string {
  const extent = [
    counted(entries, 'entry', 'entries'),
    counted(rows, 'journal row', 'journal rows'),
    counted(seals, 'seal', 'seals'),
    `${counted(unsealedRows, 'row', 'rows')} not sealed yet`,
  ].join(', ');
  const seal = lastSeal && `last seal: ${lastSeal.number}:${lastSeal.hash}`;
  const found = [
    `FAULTY: ${extent}`,
    'first fault:',
    ...faults.slice(0, 1).map(faultLine),
    ...(faults.length > 1 ? ['further faults:', ...faults.slice(1).map(faultLine)] : []),
    ...(moreFaults ? ['  and more'] : []),
  ];
  return [...(ok ? [`clean: ${extent}`] : found), ...(seal ? [seal] : [])].join('\n');
}

/** The report of an audit for programs. */
export function auditJson({
  ok,
  rows,
  entries,
  seals,
  unsealedRows,
  lastSeal,
  faults,
  moreFaults,
}: AuditReport): string {
  return JSON.stringify({
    ok,
    entries,
    rows,
    seals,
    unsealed_rows: unsealedRows,
    last_seal: lastSeal,
    faults: faults.map(({ entryId, ...fault }) => ({ ...fault, ...(entryId && { entry_id: entryId }) })),
    more_faults: moreFaults,
  });
}
