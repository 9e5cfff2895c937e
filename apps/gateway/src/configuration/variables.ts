import { deliveryVariables } from './delivery-variables.js';
import { limitVariables } from './limit-variables.js';
import { merchantVariables } from './merchant-variables.js';
import { serverVariables } from './server-variables.js';
import type { Variable } from './variable.js';

/** Every environment variable, in the order of `--help`. A variable wins over the file. */
export const variables: readonly Variable[] = [
  ...serverVariables,
  ...limitVariables,
  ...deliveryVariables,
  ...merchantVariables,
];
