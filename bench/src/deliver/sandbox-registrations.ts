import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 100;
const patienceMs = 300_000;

/** As much of the sandbox's journal as is read here. */
interface Journal {
  readonly receipts: readonly { readonly payment_id: string; readonly created_at: string }[];
  readonly requests: { readonly 'receipts.create': number };
}

/** Waits until the sandbox was asked for so many receipts; answers when each was registered, by payment, in the sandbox's clock. */
export async function registrations(sandboxUrl: string, receipts: number): Promise<Map<string, number>> {
  // About one payment, the journal is short: its call counters are those of all.
  const asked = async () =>
    (await readJournal(`${sandboxUrl}/_sandbox/journal?payment_id=none`)).requests['receipts.create'];
  for (let waitedMs = 0; (await asked()) < receipts; waitedMs += lookEveryMs) {
    if (waitedMs >= patienceMs) throw new Error('not everything was registered in time');
    await delay(lookEveryMs);
  }
  const journal = await readJournal(`${sandboxUrl}/_sandbox/journal`);
  const times = new Map(
    journal.receipts.map(({ payment_id, created_at }) => [payment_id, Date.parse(created_at)]),
  );
  if (times.size !== receipts || journal.receipts.length !== receipts) {
    throw new Error(`${receipts} payments have ${journal.receipts.length} receipts`);
  }
  return times;
}

async function readJournal(url: string): Promise<Journal> {
  const response = await fetch(url);
  return (await response.json()) as Journal;
}
