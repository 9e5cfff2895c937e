import { accept } from './accept/accept.js';
import { client } from './client/client.js';
import { deliver } from './deliver/deliver.js';
import { growth } from './growth/growth.js';
import { latency } from './latency/latency.js';
import { memory } from './memory/memory.js';
import { parse } from './parse/parse.js';
import { readers } from './readers/readers.js';
import type { Row } from './row.js';
import { scaleOut } from './scale-out/scale-out.js';
import { size } from './size/size.js';
import { start } from './start/start.js';

/** Every row, in the order in which they run. */
export const rows: readonly Row[] = [
  accept,
  deliver,
  latency,
  client,
  parse,
  scaleOut,
  growth,
  readers,
  memory,
  start,
  size,
];
