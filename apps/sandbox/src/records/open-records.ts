import { openDataFile } from './data-file.js';
import { keepNothing } from './keeper.js';
import { RecordBook } from './record-book.js';

/** What was registered before, from a data file, or an empty book that keeps nothing. */
export function openRecords(dataFile: string | undefined): RecordBook {
  if (dataFile === undefined) return new RecordBook(keepNothing, []);
  const { keeper, records } = openDataFile(dataFile);
  return new RecordBook(keeper, records);
}
