import { describe, expect, it } from 'vitest';
import { accountName, accountScope } from './accounts.js';

const api = 'https://api.freedompay.uz';
const freedompay = (merchantId: string | null, address = api) => ({
  name: 'freedompay',
  account: { address, merchantId },
});

describe('accountName', () => {
  it("names the provider's merchant and address, whoever the merchant is with us", () => {
    expect(accountName(freedompay('542088'), 'shop')).toBe('542088@https://api.freedompay.uz');
    expect(accountName(freedompay('542088'), 'other')).toBe(accountName(freedompay('542088'), 'shop'));
  });

  it('counts each of our merchants as an account where the provider has none', () => {
    expect(accountName(freedompay(null), 'shop')).toBe(':shop@https://api.freedompay.uz');
    expect(accountName(freedompay(null), 'other')).not.toBe(accountName(freedompay(null), 'shop'));
  });

  it('mixes up no two accounts, whatever their ids hold', () => {
    const names = [
      accountName(freedompay('a@b'), 'shop'),
      accountName(freedompay('a', 'b@https://api.freedompay.uz'), 'shop'),
      accountName(freedompay(':shop'), 'shop'),
      accountName(freedompay(null), 'shop'),
    ];
    expect(new Set(names.slice(2)).size).toBe(2);
    expect(names[0]).toBe('a%40b@https://api.freedompay.uz');
  });
});

describe('accountScope', () => {
  it('is of the provider and its merchant, at whatever address', () => {
    const moved = freedompay('542088', 'https://new.freedompay.uz');
    expect(accountScope(freedompay('542088'), 'shop')).toBe('freedompay:542088');
    expect(accountScope(moved, 'shop')).toBe(accountScope(freedompay('542088'), 'shop'));
    expect(accountScope(freedompay(null), 'shop')).toBe('freedompay::shop');
  });
});
