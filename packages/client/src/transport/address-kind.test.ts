import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKind } from './address-kind.js';

const byKind = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1'],
  private: [
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.7',
    '::10.0.0.1',
    '::ffff:192.168.1.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::808:808',
    '2001::1',
    '2001:db8::1',
    '2002:a00:1::',
    '2002:c0a8:101:5::1',
    '3fff::1',
    'fc00::1',
    'fdff::1',
    'fec0::1',
  ],
  special: [
    '0.0.0.0',
    '0.1.2.3',
    '100.100.100.200',
    '169.254.169.254',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::ffff:0.0.0.0',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'ff02::1',
    '100::1',
    '4000::1',
  ],
  public: [
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '223.255.255.255',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
    '2606:4700:4700::1111',
    '2a02:6b8::feed:0ff',
  ],
} as const;
const cases = Object.entries(byKind).flatMap(([kind, addresses]) =>
  addresses.map((address) => [address, kind] as const),
);

describe('addressKind', () => {
  it.each(cases)('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  it('sees through every way to write an IPv4 address in IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const kind = addressKind(address);
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(':');
        expect(addressKind(`::ffff:${address}`)).toBe(kind);
        expect(addressKind(`::ffff:${groups}`)).toBe(kind);
        expect(addressKind(`64:ff9b::${groups}`)).toBe(kind);
        expect(addressKind(`2002:${groups}::1`)).toBe(kind);
      }),
      { numRuns: 2000 },
    );
  });
});
