import type { RuleCode } from '../rules/rules.js';

const soliq = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
const russian =
  'https://consumer.1-ofd-test.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20230330T152000&s=7&n=1';
const qr = 't=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1';

/** A text that is no receipt link, and why. */
export interface FaultyLink {
  readonly code: RuleCode;
  readonly text: string;
}

/** Texts that are no receipt links. */
export const faultyLinks: readonly FaultyLink[] = [
  { code: 'link.format', text: '' },
  { code: 'link.format', text: 'receipt' },
  { code: 'link.format', text: `${soliq}#top` },
  { code: 'link.format', text: `${soliq} ` },
  { code: 'link.format', text: russian.replace('https:', 'https: ') },
  { code: 'link.scheme', text: soliq.replace('https', 'http') },
  { code: 'link.scheme', text: russian.replace('https', 'http') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz.example.com') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'example.com') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz:443') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'user@ofd.soliq.uz') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz@example.com') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz.') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz/', 'ofd.soliq.uz\\@example.com/') },
  { code: 'link.path', text: soliq.replace('/check', '/checks') },
  { code: 'link.path', text: soliq.replace('/check', '/check/../epi') },
  { code: 'link.path', text: soliq.replace('/check', '') },
  { code: 'link.path', text: russian.replace('/v1', '/v2') },
  { code: 'link.path', text: russian.replace('/v1', '/ticket/v1') },
  {
    code: 'link.host',
    text: 'https://lk.platformaofd.ru/web/noauth/cheque?fn=9999078900006286&fp=1867101308',
  },
  { code: 'link.parameter', text: russian.replace('/v1', '/ticket').replace(/&t=[^&]*/, '') },
  { code: 'link.parameter', text: soliq.replace(/&s=\d+/, '') },
  { code: 'link.parameter', text: soliq.replace(/\?.*/, '') },
  { code: 'link.parameter', text: `${soliq}&s=514343190161` },
  { code: 'link.parameter', text: `${soliq}&utm_source=x` },
  { code: 'link.parameter', text: `${soliq}&` },
  { code: 'link.parameter', text: soliq.replace('s=514343190161', 's=51434319016') },
  { code: 'link.parameter', text: soliq.replace('s=514343190161', 's=%3514343190161') },
  { code: 'link.parameter', text: soliq.replace('t=UZ', 't=uz') },
  { code: 'link.parameter', text: soliq.replace('r=2421', 'r=-1') },
  { code: 'link.parameter', text: russian.replace('n=1', 'n=5') },
  { code: 'link.parameter', text: qr.replace('fn=8710000101125654', 'fn=871000010112565') },
  { code: 'link.parameter', text: qr.replace('&n=1', '') },
  { code: 'link.date', text: soliq.replace('20230104', '20230230') },
  { code: 'link.date', text: soliq.replace('121801', '241801') },
  { code: 'link.date', text: qr.replace('20180518', '20181318') },
];
