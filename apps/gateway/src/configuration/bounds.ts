import { z } from 'zod';

/** Returns the schema of an integer within limits, with a message that names them. */
export function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

export const milliseconds = whole(1, 3_600_000);
