import { describe, expect, it } from 'vitest';
import { unforeseen } from './logger.js';

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
