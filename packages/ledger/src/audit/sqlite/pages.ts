import { setImmediate } from 'node:timers/promises';
import { asDamageError } from './damage-error.js';

/** Reads in pages, and lets the process do other things in between. */
export async function* pagesOf<Row>(
  rows: () => Iterable<Row>,
  pageSize: number,
): AsyncIterable<readonly Row[]> {
  try {
    let page: Row[] = [];
    for (const row of rows()) {
      page.push(row);
      if (page.length < pageSize) continue;
      yield page;
      page = [];
      await setImmediate();
    }
    yield page;
  } catch (error) {
    throw asDamageError(error);
  }
}
