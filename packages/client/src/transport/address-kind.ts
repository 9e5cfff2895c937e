import { BlockList, isIPv6 } from 'node:net';
import { public6, ranges4, ranges6, type SpecialKind } from './address-ranges.js';

/** What kind of address this is; `public` is one of the internet. */
export type AddressKind = 'public' | SpecialKind;

interface AddressLists {
  readonly kinds: readonly { readonly kind: SpecialKind; readonly list: BlockList }[];
  readonly internet6: BlockList;
}

let lists: AddressLists | undefined;

/** Made for the first address: a program that sends nothing starts without them. */
function addressLists(): AddressLists {
  lists ??= {
    // The machine itself and the special ones first: they lie inside wider ranges.
    kinds: (['loopback', 'special', 'private'] as const).map((kind) => ({
      kind,
      list: blockList([...ranges4[kind], ...ranges4[kind].flatMap(embeddings), ...ranges6[kind]]),
    })),
    internet6: blockList(public6),
  };
  return lists;
}

/** The kind of an IP address, with or without a zone. IPv6 addresses that hold an IPv4 address are what that one is. */
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

/** An IPv4 range inside IPv6: compatible (`::/96`), NAT64 and 6to4. The mapped form is compared by `BlockList` itself. */
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
