import { randomUUID } from 'node:crypto';

/**
 * An id for what is made at that time: a UUID of version 7 (RFC 9562), milliseconds first, then 74 random bits. What is stored
 * together in time lies together in the indexes, so that a new entry touches the same few pages however many there are.
 */
export function timeOrderedId(time: Date, random: string = randomUUID()): string {
  const milliseconds = time.getTime().toString(16).padStart(12, '0');
  // A random UUID has its version where this one has it, and its variant, too.
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${random.slice(15)}`;
}
