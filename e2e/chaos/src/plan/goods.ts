/** Names of goods with what registers rewrite: signs outside their code page, ё, letters that HTML escapes, more than 32 signs. */
export const goods = [
  'Чай чёрный, 100 г',
  'Кофе в зёрнах «Арабика», 250 г',
  'Book “Receipts” & more',
  'Сахар 1 кг',
  'Торт «Прага» — 1 кг',
  'Сыр полутвёрдый <Костромской> "Особый", весовой',
  'Oʻzbek non 🍞',
  'Подарочная карта номиналом 1000 ₽ в электронной форме',
] as const;

/** Names of different goods that a register may well write the same way. */
export const goodsAlike: readonly [GoodsAlike, ...GoodsAlike[]] = [
  ['Мёд «Липа»', 'Мед "Липа"'],
  ['Сахар-песок', 'САХАР-ПЕСОК'],
  ['Чай «Ёлка»', 'чай «елка»'],
  ['Хлеб & соль', 'Хлеб &amp; соль'],
];

type GoodsAlike = readonly [string, string];
