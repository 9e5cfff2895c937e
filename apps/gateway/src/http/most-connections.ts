/** Files that the ledger, its providers and the program itself may have open. */
const reserved = 512;

interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | 'unlimited' } };
}

/** How many files this process may have open at once; `null` when the system does not say. */
function openFiles(): number | null {
  // Left out, because looking up the names of its own connections can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as Report;
  const limit = userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : null;
}

/** How many connections there can be: as many as were asked for, less where the system's limit of open files does not allow it. */
export function mostConnections(wanted: number): number {
  const limit = openFiles();
  return limit === null ? wanted : Math.max(16, Math.min(wanted, limit - reserved));
}
