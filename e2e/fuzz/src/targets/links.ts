import assert from 'node:assert/strict';
import {
  canonicalSoliqLink,
  formatRussianLink,
  formatRussianQr,
  formatSoliqLink,
  parseReceiptLink,
  parseRussianLink,
  parseSoliqLink,
} from '@fiscalkit/schemas';
import { sealed } from '../harness/target.js';
import { mutatedText } from '../inputs/mutated-text.js';
import { russianLinks, soliqLinks } from '../inputs/sound-documents.js';
import { outcomeOf } from '../oracles/outcome-of.js';

const refusals = /^link\.(format|scheme|host|path|parameter|date)$/;

/** Returns the link as a browser reads it: the product may take it only for the same page. */
function assertBrowserAgrees(text: string, hosts: readonly string[], values: readonly string[]): void {
  const url = URL.parse(text) ?? assert.fail('no browser can open this link');
  assert.equal(url.protocol, 'https:');
  assert.ok(hosts.includes(url.host), `a browser would go to ${url.host}`);
  assert.equal(url.username + url.password + url.hash, '');
  assert.deepEqual([...url.searchParams.values()].sort(), [...values].sort());
}

/** Target: Soliq links are only Soliq's pages, read as browsers do, and written as they were read. */
export const soliqLinkTarget = sealed({
  name: 'links-soliq',
  input: mutatedText(soliqLinks),
  check(text) {
    const { value: link, refusal } = outcomeOf(() => parseSoliqLink(text));
    if (!link) {
      assert.match(refusal ?? '', refusals);
      return;
    }
    const { terminal_id, receipt_number, fiscal_sign, registered_at } = link.mark;
    const time = registered_at.replace(/\+05:00$/, '').replaceAll(/\D/g, '');
    assertBrowserAgrees(text, ['ofd.soliq.uz'], [terminal_id, receipt_number, fiscal_sign, time]);
    assert.deepEqual(parseSoliqLink(formatSoliqLink(link)), link);
    assert.equal(canonicalSoliqLink(canonicalSoliqLink(text)), canonicalSoliqLink(text));
    assert.deepEqual(parseReceiptLink(text), link);
  },
});

/** Target: Russian links and QR codes are only pages of the First OFD, and written as they were read. */
export const russianLinkTarget = sealed({
  name: 'links-russian',
  input: mutatedText(russianLinks),
  check(text) {
    const { value: link, refusal } = outcomeOf(() => parseRussianLink(text));
    if (!link) {
      assert.match(refusal ?? '', refusals);
      return;
    }
    const { fiscal_storage_number: fn, fiscal_document_number: i, fiscal_attribute: fp } = link.mark;
    const digits = link.mark.registered_at
      .replace(/\+03:00$/, '')
      .replaceAll('-', '')
      .replaceAll(':', '');
    const time = link.with_seconds ? digits : digits.slice(0, -2);
    const values = [fn, i, fp, link.total, String(link.calculation_sign), time];
    const page = link.host === null ? `https://consumer.1-ofd.ru/v1?${text}` : text;
    assertBrowserAgrees(page, ['consumer.1-ofd.ru', 'consumer.1-ofd-test.ru'], values);
    assert.deepEqual(parseRussianLink(formatRussianQr(link)), { ...link, host: null });
    if (link.host !== null) assert.deepEqual(parseRussianLink(formatRussianLink(link)), link);
    assert.deepEqual(parseReceiptLink(text), link);
  },
});
