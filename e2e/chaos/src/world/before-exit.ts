const undoings: (() => void)[] = [];

/**
 * Has something undone when this process ends before it could do so itself. What was done last is undone first: a disk is
 * unmounted when the programs that use it have ended. Answers how to undo it earlier.
 */
export function beforeExit(undo: () => void): () => void {
  if (undoings.length === 0) process.once('exit', undoAll);
  undoings.push(undo);
  return () => {
    forget(undo);
    undo();
  };
}

function forget(undo: () => void): void {
  const place = undoings.indexOf(undo);
  if (place !== -1) undoings.splice(place, 1);
  if (undoings.length === 0) process.off('exit', undoAll);
}

function undoAll(): void {
  for (const undo of undoings.toReversed()) undo();
}
