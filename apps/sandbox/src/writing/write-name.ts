import { outsideCp866 } from './outside-cp866.js';
import { numberIn, type WritingWay } from './writing-way.js';

/** How many signs a register prints on a line. */
const lineLength = 32;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
};

/** A name of goods as a register keeps it: each way in its turn. */
export function writeName(name: string, writing: readonly WritingWay[]): string {
  return writing.reduce(writeOnce, name);
}

function writeOnce(name: string, way: WritingWay): string {
  switch (way) {
    case 'cp866':
      return outsideCp866(name, '?');
    case 'cp866-blank':
      return outsideCp866(name, ' ');
    case 'cp866-drop':
      return outsideCp866(name, '');
    case 'yo':
      return name.replaceAll('ё', 'е').replaceAll('Ё', 'Е');
    case 'upper':
      return name.toUpperCase();
    case 'lower':
      return name.toLowerCase();
    case 'html':
      return name.replaceAll(/[&"'<>]/g, (sign) => entities[sign] ?? sign);
    default:
      return way === 'cut' || way.startsWith('cut:')
        ? cutTo(name, numberIn([way], 'cut') ?? lineLength)
        : name;
  }
}

function cutTo(name: string, length: number): string {
  return [...name].slice(0, length).join('');
}
