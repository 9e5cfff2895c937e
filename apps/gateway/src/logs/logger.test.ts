import { describe, expect, it } from 'vitest';
import { createLogger, type LogFields, type LogLevel, unforeseen } from './logger.js';

function logged(fields?: LogFields, level: LogLevel = 'info', threshold: LogLevel | 'silent' = 'info') {
  const lines: string[] = [];
  createLogger(threshold, { write: (line) => lines.push(line) }).log(level, 'request.served', fields);
  return lines;
}

describe('a log line', () => {
  it('is one line of JSON: level, time, the fields in their order, event', () => {
    const [line = ''] = logged({ status: 200, merchant: 'чай "1"\n', error_at: ['at a'] });
    expect(line.endsWith('}\n')).toBe(true);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    const { time, ...others } = JSON.parse(line);
    expect(new Date(time).toISOString()).toBe(time);
    expect(Object.keys(JSON.parse(line))).toEqual([
      'level',
      'time',
      'status',
      'merchant',
      'error_at',
      'event',
    ]);
    expect(others).toEqual({
      level: 'info',
      status: 200,
      merchant: 'чай "1"\n',
      error_at: ['at a'],
      event: 'request.served',
    });
  });

  it('holds nothing but what is allowed, whatever it is given', () => {
    const given = { code: 'a', email: 'buyer@example.com', toString: 'b', level: 'c', time: 'd', event: 'e' };
    const [line = ''] = logged(given);
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.any(String),
      code: 'a',
      event: 'request.served',
    });
    expect(JSON.parse(line).time).not.toBe('d');
  });

  it('needs no fields', () => {
    const [line = ''] = logged();
    expect(Object.keys(JSON.parse(line))).toEqual(['level', 'time', 'event']);
  });

  it.each<[LogLevel | 'silent', LogLevel[]]>([
    ['silent', []],
    ['error', ['error']],
    ['warn', ['error', 'warn']],
    ['info', ['error', 'warn', 'info']],
    ['debug', ['error', 'warn', 'info', 'debug']],
  ])('is written from level %s on', (threshold, expected) => {
    const levels = (['error', 'warn', 'info', 'debug'] as const).filter(
      (level) => logged({}, level, threshold).length > 0,
    );
    expect(levels).toEqual(expected);
  });
});

describe('what is told of an unforeseen error', () => {
  it.each(['buyer@example.com', '', 'first\n    at buyer@example.com (secret.js:1:1)', 'Error'])(
    'is where it came from, not its message: %j',
    (message) => {
      const { error_name, error_at } = unforeseen(new TypeError(message));
      expect(error_name).toBe('TypeError');
      expect(error_at?.[0]).toContain('logger.test.ts');
      expect(JSON.stringify(error_at)).not.toContain('buyer');
    },
  );

  it('is only its kind when it is no error', () => {
    expect(unforeseen('buyer@example.com')).toEqual({ error_name: 'string' });
  });
});
