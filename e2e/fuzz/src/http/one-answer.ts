import assert from 'node:assert/strict';
import type { Answer } from './answer.js';
import type { Reply } from './converse.js';

/** More than a server reads before it knows that it will not take the request. */
const muchUnread = 16_384;

/**
 * The one answer to a request that was sent on a connection of its own. `null` where there is none because of a long body: a
 * server that ends the connection with much unread on it resets it, and the system may then drop what it has answered.
 */
export function oneAnswer({ answers, complete }: Reply, body: { readonly length: number }): Answer | null {
  const [answer] = answers.filter(({ status }) => status >= 200);
  if ((!answer || !complete) && body.length > muchUnread) return null;
  assert.ok(answer, 'no answer');
  assert.ok(complete, 'an answer that is cut off');
  return answer;
}
