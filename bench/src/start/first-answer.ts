import { processorTime } from '../programs/processor-time.js';
import { askForReceipt } from '../receipts/ask-for-receipt.js';
import type { Starter } from './starter.js';

let payments = 0;

/** What it took to start a program and have its first request answered. */
export interface FirstAnswer {
  /** From spawning `node` to the answer. */
  readonly ms: number;
  /** Processor time of the program until then; `null` where the system does not tell. */
  readonly processorMs: number | null;
}

/** Starts a program, sends it one signed receipt, and stops it. */
export async function firstAnswer({ start }: Starter): Promise<FirstAnswer> {
  payments += 1;
  const startedAt = performance.now();
  const program = await start();
  try {
    await askForReceipt(program.url, payments);
    const ms = performance.now() - startedAt;
    const processorUs = processorTime(program.pid);
    return { ms, processorMs: processorUs === null ? null : processorUs / 1000 };
  } finally {
    await program.stop();
  }
}
