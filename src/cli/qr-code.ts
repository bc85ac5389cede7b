/** Sizes of the smallest five QR codes with the lowest correction (ISO/IEC 18004): each is one block. */
const versions = [
  { size: 21, data: 19, correction: 7 },
  { size: 25, data: 34, correction: 10 },
  { size: 29, data: 55, correction: 15 },
  { size: 33, data: 80, correction: 20 },
  { size: 37, data: 108, correction: 26 },
] as const;

type Grid = { size: number; dark: boolean[][]; reserved: boolean[][] };

/**
 * The QR code of a short text such as a link, as rows of modules, true for dark ones; null when it is longer than 106
 * bytes. Low correction, mask 0: a screen is neither scratched nor dirty.
 */
export function qrModules(text: string): boolean[][] | null {
  const bytes = Buffer.from(text, 'utf8');
  // Four bits of mode and eight of length stand before, so two bytes are lost.
  const version = versions.find(({ data }) => bytes.length + 2 <= data);
  if (version === undefined) return null;
  const grid = frameOf(version.size);
  const data = dataCodewords(bytes, version.data);
  placeBits(grid, [...data, ...correctionCodewords(data, version.correction)]);
  placeFormat(grid);
  return grid.dark;
}

/** The code for a terminal, two rows of modules in each line, dark on light whatever the terminal's colours. */
export function qrLines(text: string): string[] | null {
  const modules = qrModules(text);
  if (modules === null) return null;
  const margin = 2;
  const size = modules.length + 2 * margin;
  const at = (row: number, column: number) => modules[row - margin]?.[column - margin] === true;
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    let line = '';
    for (let column = 0; column < size; column += 1) {
      const upper = at(row, column);
      const lower = at(row + 1, column);
      line += upper ? (lower ? ' ' : '▄') : lower ? '▀' : '█';
    }
    lines.push(line);
  }
  return lines;
}

/** Finders, timing, alignment and the one dark module; with the room of the format reserved. */
function frameOf(size: number): Grid {
  const rows = () => Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const grid: Grid = { size, dark: rows(), reserved: rows() };
  for (let index = 0; index < size; index += 1) {
    set(grid, 6, index, index % 2 === 0);
    set(grid, index, 6, index % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const) {
    square(grid, row, column, 4, (distance) => distance !== 2 && distance !== 4);
  }
  if (size > 21) square(grid, size - 7, size - 7, 2, (distance) => distance !== 1);
  for (let index = 0; index < 9; index += 1) {
    reserve(grid, 8, index);
    reserve(grid, index, 8);
    if (index < 8) {
      reserve(grid, 8, size - 1 - index);
      reserve(grid, size - 1 - index, 8);
    }
  }
  set(grid, size - 8, 8, true);
  return grid;
}

function square(grid: Grid, row: number, column: number, reach: number, dark: (distance: number) => boolean) {
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) {
      set(grid, row + down, column + right, dark(Math.max(Math.abs(down), Math.abs(right))));
    }
  }
}

function set({ size, dark, reserved }: Grid, row: number, column: number, value: boolean): void {
  const darkRow = dark[row];
  const reservedRow = reserved[row];
  if (darkRow === undefined || reservedRow === undefined || column < 0 || column >= size) return;
  darkRow[column] = value;
  reservedRow[column] = true;
}

function reserve(grid: Grid, row: number, column: number): void {
  if (grid.reserved[row]?.[column] === false) set(grid, row, column, false);
}

/** Mode, length, the bytes, and padding. */
function dataCodewords(bytes: Uint8Array, count: number): number[] {
  const bits = [
    0b0100,
    bytes.length >> 4,
    bytes.length & 15,
    ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]),
    0,
  ];
  const words: number[] = [];
  for (let index = 0; index + 1 < bits.length; index += 2) {
    words.push(((bits[index] ?? 0) << 4) | (bits[index + 1] ?? 0));
  }
  for (let pad = 0xec; words.length < count; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Reed–Solomon over GF(256) with the polynomial 0x11d. */
function correctionCodewords(data: readonly number[], count: number): number[] {
  let generator = [1];
  for (let power = 0, root = 1; power < count; power += 1, root = multiply(root, 2)) {
    generator = [...generator, 0].map((value, index) => value ^ multiply(generator[index - 1] ?? 0, root));
  }
  const rest = Array<number>(count).fill(0);
  for (const word of data) {
    const factor = word ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let index = 0; index < count; index += 1) {
      rest[index] = (rest[index] ?? 0) ^ multiply(generator[index + 1] ?? 0, factor);
    }
  }
  return rest;
}

function multiply(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product >> 7 ? 0x11d : 0);
    if ((other >> bit) & 1) product ^= one;
  }
  return product;
}

/** In columns of two from the right, up and down in turns, with mask 0. */
function placeBits({ size, dark, reserved }: Grid, words: readonly number[]): void {
  let bit = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const upwards = ((right + 1) & 2) === 0;
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        const darkRow = dark[row];
        if (darkRow === undefined || reserved[row]?.[column] !== false) continue;
        const word = words[bit >> 3] ?? 0;
        const value = ((word >> (7 - (bit & 7))) & 1) === 1;
        darkRow[column] = value !== ((row + column) % 2 === 0);
        bit += 1;
      }
    }
  }
}

/** Correction “low” and mask 0 in their fifteen bits, twice. */
const FORMAT = 0b111011111000100;

function placeFormat({ size, dark }: Grid): void {
  for (let bit = 0; bit < 15; bit += 1) {
    const value = ((FORMAT >> (14 - bit)) & 1) === 1;
    const inRow = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit;
    const inColumn = bit < 7 ? size - 1 - bit : bit < 9 ? 15 - bit : 14 - bit;
    const row = dark[8];
    const columnRow = dark[inColumn];
    if (row !== undefined) row[inRow] = value;
    if (columnRow !== undefined) columnRow[8] = value;
    // The seventh stands a third time, where the second copy of the row begins.
    if (bit === 7 && row !== undefined) row[size - 8] = value;
  }
}
