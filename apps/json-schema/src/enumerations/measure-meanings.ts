import type { Measure } from '@fiscalkit/schemas';
import { type Meanings, meaning } from './meaning.js';

export const measureMeanings: Meanings<Measure> = {
  piece: meaning('Штука или единица', 'Dona', 'Piece'),
  gram: meaning('Грамм', 'Gramm', 'Gram'),
  kilogram: meaning('Килограмм', 'Kilogramm', 'Kilogram'),
  ton: meaning('Тонна', 'Tonna', 'Tonne'),
  centimeter: meaning('Сантиметр', 'Santimetr', 'Centimetre'),
  decimeter: meaning('Дециметр', 'Detsimetr', 'Decimetre'),
  meter: meaning('Метр', 'Metr', 'Metre'),
  square_centimeter: meaning('Квадратный сантиметр', 'Kvadrat santimetr', 'Square centimetre'),
  square_decimeter: meaning('Квадратный дециметр', 'Kvadrat detsimetr', 'Square decimetre'),
  square_meter: meaning('Квадратный метр', 'Kvadrat metr', 'Square metre'),
  milliliter: meaning('Миллилитр', 'Millilitr', 'Millilitre'),
  liter: meaning('Литр', 'Litr', 'Litre'),
  cubic_meter: meaning('Кубический метр', 'Kub metr', 'Cubic metre'),
  kilowatt_hour: meaning('Киловатт-час', 'Kilovatt-soat', 'Kilowatt-hour'),
  gigacalorie: meaning('Гигакалория', 'Gigakaloriya', 'Gigacalorie'),
  day: meaning('Сутки (день)', 'Sutka (kun)', 'Day'),
  hour: meaning('Час', 'Soat', 'Hour'),
  minute: meaning('Минута', 'Daqiqa', 'Minute'),
  second: meaning('Секунда', 'Soniya', 'Second'),
  kilobyte: meaning('Килобайт', 'Kilobayt', 'Kilobyte'),
  megabyte: meaning('Мегабайт', 'Megabayt', 'Megabyte'),
  gigabyte: meaning('Гигабайт', 'Gigabayt', 'Gigabyte'),
  terabyte: meaning('Терабайт', 'Terabayt', 'Terabyte'),
  rest: meaning('Иная единица', 'Boshqa birlik', 'Another unit'),
};
