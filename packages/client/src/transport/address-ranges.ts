/**
 * What is special about an address: the machine itself, a network that is not the internet, or something that no service can
 * be reached under on purpose (link-local with the clouds' metadata, unspecified, multicast, reserved).
 */
export type SpecialKind = 'loopback' | 'private' | 'special';

/** Ranges of IPv4 by kind, from IANA's IPv4 Special-Purpose Address Registry (RFC 6890 and its updates). */
export const ranges4: Readonly<Record<SpecialKind, readonly string[]>> = {
  loopback: ['127.0.0.0/8'],
  private: [
    '10.0.0.0/8',
    '100.64.0.0/10', // shared by carriers
    '172.16.0.0/12',
    '192.0.0.0/24', // protocol assignments
    '192.0.2.0/24', // documentation, as the next two
    '198.51.100.0/24',
    '203.0.113.0/24',
    '192.88.99.0/24', // relays of 6to4
    '192.168.0.0/16',
    '198.18.0.0/15', // benchmarks
  ],
  special: [
    '0.0.0.0/8',
    '100.100.100.200/32', // metadata of a cloud
    '169.254.0.0/16',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
};

/** Ranges of IPv6 by kind, from IANA's IPv6 Special-Purpose Address Registry. */
export const ranges6: Readonly<Record<SpecialKind, readonly string[]>> = {
  loopback: ['::1/128'],
  private: [
    '2001::/23', // protocol assignments, Teredo among them
    '2001:db8::/32', // documentation, as the next
    '3fff::/20',
    '64:ff9b:1::/48', // translation inside a network
    'fc00::/7',
    'fec0::/10',
  ],
  special: ['::/128', 'fd00:ec2::254/128' /* metadata of a cloud */, 'fe80::/10', 'ff00::/8'],
};

/** What the internet uses of IPv6, with the ranges that hold an IPv4 address: mapped (RFC 4291) and NAT64 (RFC 6052). */
export const public6: readonly string[] = ['2000::/3', '::ffff:0.0.0.0/96', '64:ff9b::/96'];
