import type { Evidence } from './evidence.js';
import { isSound } from './is-sound.js';

/** Concludes where the rows came from that nobody has counted: from an empty position, or from elsewhere. */
export async function concludeStrangers(evidence: Evidence): Promise<void> {
  const { explained, faults, gaps, source, strangers } = evidence;
  for (const stranger of strangers.values()) {
    if (explained.has(stranger.position)) continue;
    const [gap] = gaps;
    const row = await source.row(stranger.entryId, stranger.version);
    if (gap !== undefined && row && (await isSound(row, source))) {
      gaps.delete(gap);
      const message = `The row now stands at position ${stranger.position}.`;
      faults.push({ ...stranger, code: 'audit.row.moved', message, position: gap });
    } else {
      faults.push({
        ...stranger,
        code: 'audit.row.foreign',
        message: 'The row was not written by the ledger.',
      });
    }
  }
}
