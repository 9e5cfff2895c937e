/** The sandbox's journal: what it has registered. */
export interface SandboxJournal {
  readonly receipts: readonly {
    readonly payment_id: string;
    readonly status: string;
    readonly operation_type: string;
  }[];
  readonly confirmations: readonly { readonly wallet: string; readonly payment_id: string }[];
}

export async function readJournal(sandboxUrl: string): Promise<SandboxJournal> {
  const response = await fetch(`${sandboxUrl}/_sandbox/journal`);
  return (await response.json()) as SandboxJournal;
}

/** Counts the sandbox's documents of each payment. */
export function documentsPerPayment({ receipts }: SandboxJournal): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { payment_id } of receipts) counts.set(payment_id, (counts.get(payment_id) ?? 0) + 1);
  return counts;
}

export async function addFault(sandboxUrl: string, rule: object): Promise<void> {
  const response = await fetch(`${sandboxUrl}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(rule),
  });
  if (!response.ok)
    throw new Error(`the sandbox refused the fault: ${response.status} ${await response.text()}`);
}
