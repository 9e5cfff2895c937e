import { growth } from './growth/growth.js';
import type { Row } from './row.js';
import { scaleOut } from './scale-out/scale-out.js';

/** Every row, in the order in which they run. */
export const rows: readonly Row[] = [growth, scaleOut];
