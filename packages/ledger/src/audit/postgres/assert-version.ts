import { currentVersion, readVersion } from '../../store/postgres/migrate.js';
import type { SchemaNames } from '../../store/postgres/schema/schema-names.js';
import { versionTooNew } from '../../store/version-error.js';
import { ledgerMissing } from '../ledger-missing.js';
import { ledgerOutdated } from '../ledger-outdated.js';
import type { Snapshot } from './snapshot.js';

/** Throws a `FiscalError` unless this release has written the schema: `ledger.missing`, `ledger.version`. */
export async function assertVersion({ read }: Snapshot, names: SchemaNames): Promise<void> {
  const version = await readVersion(read, names);
  if (version === 0) throw ledgerMissing();
  if (version > currentVersion) throw versionTooNew(version, currentVersion);
  if (version < currentVersion) throw ledgerOutdated();
}
