import { join } from 'node:path';
import { createSqliteStore, openSqliteAudit } from '@fiscalkit/ledger';
import type { DiskRoom } from './disk-room.js';
import type { LedgerPlace } from './ledger-place.js';

/** A ledger in an SQLite file on a disk that can be filled. */
export function sqlitePlace(room: DiskRoom): LedgerPlace {
  const path = join(room.folder, 'ledger.sqlite');
  return {
    kind: 'sqlite',
    url: `sqlite:${path}`,
    description: `SQLite; the disk is full by ${room.means}`,
    refuseWrites: (leaveBytes) => room.fill(leaveBytes),
    restart: noServer,
    crash: noServer,
    breakConnections: noServer,
    openStore: async () => createSqliteStore({ path }),
    openAudit: async () => openSqliteAudit(path),
    close: () => room.close(),
  };
}

async function noServer(): Promise<void> {
  throw new Error('an SQLite ledger has no server');
}
