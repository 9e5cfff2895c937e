import { describe, expect, it } from 'vitest';
import { readBaseUrl } from './base-url.js';

const codeless = expect.objectContaining({ code: 'settings.base-url', retryable: false });

describe('readBaseUrl', () => {
  it.each([
    ['https://api.freedompay.uz', 'https://api.freedompay.uz', ''],
    ['https://api.freedompay.uz/', 'https://api.freedompay.uz', ''],
    ['http://LOCALHOST:8080/base/', 'http://localhost:8080', '/base'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1', ''],
    ['http://[::1]:1', 'http://[::1]:1', ''],
    ['http://10.0.0.1', 'http://10.0.0.1', ''],
    ['http://[fd12::1]', 'http://[fd12::1]', ''],
  ])('reads %s', (text, origin, basePath) => {
    expect(readBaseUrl(text)).toEqual({ origin, basePath });
  });

  it.each([
    'http://169.254.169.254',
    'http://0.0.0.0:80',
    'http://0',
    'http://2852039166', // 169.254.169.254 in one number
    'http://0xa9.0xfe.0xa9.0xfe',
    'http://[::ffff:169.254.169.254]',
    'http://[fe80::1]',
    'http://[::]',
    'http://239.1.1.1',
  ])('wants leave for %s', (text) => {
    expect(() => readBaseUrl(text)).toThrow(codeless);
    expect(readBaseUrl(text, { allowPrivateAddresses: true }).basePath).toBe('');
  });

  it.each([
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'http://10.0.0.1',
    'http://0x7f.1',
    'http://localhost:5432',
  ])('takes %s from nobody who may reach only the internet', (text) => {
    expect(() => readBaseUrl(text, { isForeign: true })).toThrow(codeless);
    expect(readBaseUrl(text, { isForeign: true, allowPrivateAddresses: true }).basePath).toBe('');
    expect(readBaseUrl('https://1.1.1.1', { isForeign: true }).origin).toBe('https://1.1.1.1');
    expect(readBaseUrl('https://shop.example.com', { isForeign: true }).basePath).toBe('');
  });
});
