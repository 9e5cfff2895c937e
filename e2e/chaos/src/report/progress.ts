import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** Progress of a run. */
export interface Progress {
  readonly phase: 'trouble' | 'settling' | 'comparing';
  readonly seconds: number;
  /** Completed sequences of operations, of how many. */
  readonly payments: number;
  readonly ofPayments: number;
  /** Documents whose outcome was reported to a client, of how many. */
  readonly outcomes: number;
  readonly ofOutcomes: number;
  readonly kills: number;
}

function progressLine({ phase, seconds, kills, ...counts }: Progress): string {
  const { payments, ofPayments, outcomes, ofOutcomes } = counts;
  const time = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  return `${time} ${phase}: ${payments}/${ofPayments} payments, ${outcomes}/${ofOutcomes} outcomes, ${kills} kills`;
}

/** Shows progress in one line that changes on a terminal, and line by line elsewhere. */
export function showProgress(stream: WriteStream): (progress: Progress) => void {
  return (progress) => {
    if (!stream.isTTY) {
      stream.write(`${progressLine(progress)}\n`);
      return;
    }
    cursorTo(stream, 0);
    stream.write(progressLine(progress));
    clearLine(stream, 1);
  };
}
