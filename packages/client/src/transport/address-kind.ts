import { BlockList, isIPv6 } from 'node:net';

/**
 * Special kind of an address: this machine, a network that is not the internet, or one that no service has on
 * purpose (link-local with the clouds' metadata, unspecified, multicast, reserved).
 */
export type SpecialKind = 'loopback' | 'private' | 'special';

/** Ranges of IPv4 by kind, from IANA's IPv4 Special-Purpose Address Registry (RFC 6890 and its updates). */
const ranges4: Readonly<Record<SpecialKind, readonly string[]>> = {
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
const ranges6: Readonly<Record<SpecialKind, readonly string[]>> = {
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

/** Public ranges of IPv6, with those that hold an IPv4 address: mapped (RFC 4291) and NAT64 (RFC 6052). */
const public6: readonly string[] = ['2000::/3', '::ffff:0.0.0.0/96', '64:ff9b::/96'];

/** Kind of an address; `public` is one of the internet. */
export type AddressKind = 'public' | SpecialKind;

interface AddressLists {
  readonly kinds: readonly { readonly kind: SpecialKind; readonly list: BlockList }[];
  readonly internet6: BlockList;
}

let lists: AddressLists | undefined;

/** Creates the lists with the first address: a program that sends nothing starts without them. */
function addressLists(): AddressLists {
  lists ??= {
    // This machine and the special ones first: they lie inside wider ranges.
    kinds: (['loopback', 'special', 'private'] as const).map((kind) => ({
      kind,
      list: blockList([...ranges4[kind], ...ranges4[kind].flatMap(embeddings), ...ranges6[kind]]),
    })),
    internet6: blockList(public6),
  };
  return lists;
}

/** Returns the kind of an IP address, perhaps with a zone; an embedded IPv4 address determines it. */
export function addressKind(address: string): AddressKind {
  const [bare = ''] = address.split('%');
  const family = isIPv6(bare) ? 'ipv6' : 'ipv4';
  const { kinds, internet6 } = addressLists();
  const special = kinds.find(({ list }) => list.check(bare, family));
  if (special) {
    return special.kind;
  }
  return family === 'ipv4' || internet6.check(bare, family) ? 'public' : 'special';
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Returns an IPv4 range in IPv6: compatible (`::/96`), NAT64, 6to4. `BlockList` compares the mapped form. */
function embeddings(range: string): string[] {
  const [network = '', prefix = ''] = range.split('/');
  const [a = 0, b = 0, c = 0, d = 0] = network.split('.').map(Number);
  const group = (high: number, low: number) => (high * 256 + low).toString(16);
  return [
    `::${network}/${96 + Number(prefix)}`,
    `64:ff9b::${network}/${96 + Number(prefix)}`,
    `2002:${group(a, b)}:${group(c, d)}::/${16 + Number(prefix)}`,
  ];
}
