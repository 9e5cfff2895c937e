import { expect, it } from 'vitest';
import { AnswersOnTheWay } from './answers-on-the-way.js';

it('cuts off the answers that have made no way for longest, until the others fit', () => {
  const cutOff: string[] = [];
  let refused = 0;
  const answers = new AnswersOnTheWay({ mostBytes: 100, refused: () => (refused += 1) });
  const answer = (name: string) => ({ cutOff: () => cutOff.push(name) });
  const [one, two, three] = [answer('one'), answer('two'), answer('three')];
  answers.hold(one, 40);
  answers.hold(two, 40);
  answers.hold(one, 60);
  expect(cutOff).toEqual([]);
  answers.hold(three, 50);
  expect(cutOff).toEqual(['two', 'one']);
  expect(refused).toBe(2);
  // One alone may hold more: it can't be sent in smaller pieces.
  answers.hold(three, 500);
  answers.end(three);
  answers.hold(one, 90);
  expect(cutOff).toEqual(['two', 'one']);
});
