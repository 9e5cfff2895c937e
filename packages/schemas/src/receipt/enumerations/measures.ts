/** Units of quantity, with their value of tag 2108. */
export const measures = {
  piece: 0,
  gram: 10,
  kilogram: 11,
  ton: 12,
  centimeter: 20,
  decimeter: 21,
  meter: 22,
  square_centimeter: 30,
  square_decimeter: 31,
  square_meter: 32,
  milliliter: 40,
  liter: 41,
  cubic_meter: 42,
  kilowatt_hour: 50,
  gigacalorie: 51,
  day: 70,
  hour: 71,
  minute: 72,
  second: 73,
  kilobyte: 80,
  megabyte: 81,
  gigabyte: 82,
  terabyte: 83,
  rest: 255,
} as const;

export type Measure = keyof typeof measures;
