import { expect, test } from 'vitest';
import { AnswerReader } from './connection.js';

const answer = (status: number, body: string) =>
  `HTTP/1.1 ${status} Any\r\nX-Request-Id: 1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

test('an answer is whole at its last byte, wherever it was cut', () => {
  const text = answer(200, '{"data":"\r\n\r\n"}');
  for (let cut = 1; cut < text.length; cut += 1) {
    const reader = new AnswerReader();
    expect(reader.take(text.slice(0, cut))).toBeNull();
    expect(reader.take(text.slice(cut))).toBe(200);
  }
});

test('one answer after the other', () => {
  const reader = new AnswerReader();
  expect([200, 429, 503].map((status) => reader.take(answer(status, '{}')))).toEqual([200, 429, 503]);
});

test('an answer without a length, or longer than its length, is not guessed', () => {
  expect(() => new AnswerReader().take('HTTP/1.1 200 OK\r\n\r\n')).toThrow('content-length');
  expect(() => new AnswerReader().take(`${answer(200, '{}')}}`)).toThrow('more was answered');
});
