import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { type Progress, progressLine } from './progress.js';

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
