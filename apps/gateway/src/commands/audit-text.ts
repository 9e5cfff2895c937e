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
export function auditText(report: AuditReport): string {
  const { ok, lastSeal, faults, moreFaults } = report;
  const extent = [
    counted(report.entries, 'entry', 'entries'),
    counted(report.rows, 'journal row', 'journal rows'),
    counted(report.seals, 'seal', 'seals'),
    `${counted(report.unsealedRows, 'row', 'rows')} not sealed yet`,
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
export function auditJson(report: AuditReport): string {
  return JSON.stringify({
    ok: report.ok,
    entries: report.entries,
    rows: report.rows,
    seals: report.seals,
    unsealed_rows: report.unsealedRows,
    last_seal: report.lastSeal,
    faults: report.faults.map(({ entryId, ...fault }) => ({
      ...fault,
      ...(entryId && { entry_id: entryId }),
    })),
    more_faults: report.moreFaults,
  });
}
