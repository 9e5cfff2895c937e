import { describe, expect, it } from 'vitest';
import { readAnswers } from './conversation.js';

const read = (text: string) => readAnswers(Buffer.from(text));
const sized = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n';
const toHead = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';

describe('the answers of one connection', () => {
  it('are read one after the other, whatever ends their bodies', () => {
    const { answers, complete } = read(toHead + sized + chunked + sized);
    expect(complete).toBe(true);
    expect(answers.map(({ body }) => body)).toEqual(['', 'ok', 'ok', 'ok']);
    expect(answers[1]?.headers.get('content-length')).toBe('2');
  });

  it.each([
    ['a body that is cut off', sized.slice(0, -1)],
    ['chunks that do not end', chunked.slice(0, -5)],
    ['a head that does not end', 'HTTP/1.1 200 OK\r\nContent-Length: 2'],
    ['bytes that are no answer', `${sized}nonsense`],
  ])('are not complete with %s', (_, text) => {
    expect(read(text).complete).toBe(false);
  });
});
