/** Links to Uzbek receipts. */
export const soliqLinks = [
  'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
  'https://ofd.soliq.uz/epi?t=EP000000000001&r=1&c=20240229235959&s=000000000001',
];

/** Links to Russian receipts, and the text of a QR code. */
export const russianLinks = [
  'https://consumer.1-ofd-test.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20230330T152000&s=7&n=1',
  'https://consumer.1-ofd.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20230330T1520&s=200.00&n=2',
  't=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1',
];
