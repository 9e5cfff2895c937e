import type { Measure } from '@fiscalkit/schemas';

/** Unit of a quantity (tag 1197) in FFD 1.05: free text of at most 16 characters. */
export const measureTexts = {
  piece: 'шт',
  gram: 'г',
  kilogram: 'кг',
  ton: 'т',
  centimeter: 'см',
  decimeter: 'дм',
  meter: 'м',
  square_centimeter: 'кв. см',
  square_decimeter: 'кв. дм',
  square_meter: 'кв. м',
  milliliter: 'мл',
  liter: 'л',
  cubic_meter: 'куб. м',
  kilowatt_hour: 'кВт ч',
  gigacalorie: 'Гкал',
  day: 'сут',
  hour: 'ч',
  minute: 'мин',
  second: 'с',
  kilobyte: 'Кбайт',
  megabyte: 'Мбайт',
  gigabyte: 'Гбайт',
  terabyte: 'Тбайт',
  rest: 'иное',
} as const satisfies Record<Measure, string>;
