import { type Fault, FiscalError } from '@fiscalkit/schemas';
import type { AuditFault, AuditProgress } from '../audit/report.js';
import { openSqliteAudit } from '../audit/sqlite/open-sqlite-audit.js';
import { verifyLedger } from '../audit/verify.js';

/** Throws a `FiscalError` with code `restore.unverified` and the faults unless the copy verifies. */
export async function verifyCopy(
  path: string,
  onProgress: ((progress: AuditProgress) => void) | undefined,
): Promise<void> {
  const source = openSqliteAudit(path);
  try {
    const { faults } = await verifyLedger(source, onProgress && { onProgress });
    if (faults.length > 0) throw unverified(faults);
  } finally {
    await source.close();
  }
}

function unverified(faults: readonly AuditFault[]): FiscalError {
  const [first] = faults;
  const place = first?.position === undefined ? '' : ` at position ${first.position}`;
  return new FiscalError({
    code: 'restore.unverified',
    message: `The copy is not what the ledger wrote (${first?.code}${place}); it was not put back.`,
    retryable: false,
    faults: faults.map(documentFault),
  });
}

function documentFault({ code, message, position }: AuditFault): Fault {
  const path = position === undefined ? '$' : `$.journal[${position}]`;
  return { code, path, message, severity: 'fault' };
}
