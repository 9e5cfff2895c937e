import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** How far a run is. */
export interface Progress {
  readonly phase: 'trouble' | 'settling' | 'comparing';
  readonly seconds: number;
  /** Stories in which every request was answered, of how many. */
  readonly stories: number;
  readonly ofStories: number;
  /** Documents whose outcome a client knows, of how many. */
  readonly outcomes: number;
  readonly ofOutcomes: number;
  readonly kills: number;
}

/** One line for a person who waits. */
function progressLine({ phase, seconds, kills, ...counts }: Progress): string {
  const { stories, ofStories, outcomes, ofOutcomes } = counts;
  const time = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  return `${time} ${phase}: ${stories}/${ofStories} payments, ${outcomes}/${ofOutcomes} outcomes, ${kills} kills`;
}

/** Shows progress on a terminal in one line that changes, and elsewhere line by line. */
export function tellProgress(stream: WriteStream): (progress: Progress) => void {
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
