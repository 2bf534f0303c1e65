/** The row all measured systems are given: ten columns, about 200 bytes of values, the same ones for the same number. */
export interface BenchRow {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly email: string;
  readonly status: string;
  readonly amount: number;
  readonly qty: number;
  readonly note: string;
  readonly created: number;
  readonly updated: number;
}

export const COLUMNS = [
  'id',
  'owner',
  'name',
  'email',
  'status',
  'amount',
  'qty',
  'note',
  'created',
  'updated',
] as const;
export const DDL =
  '(id TEXT PRIMARY KEY, owner TEXT, name TEXT, email TEXT, status TEXT, amount REAL, qty INTEGER, note TEXT, created INTEGER, updated INTEGER)';

const WORDS = (
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo ' +
  'sierra tango uniform victor whiskey xray yankee zulu order invoice visit repair meter pump valve check note urgent'
).split(' ');
const STATES = ['open', 'done', 'hold'];
const NOTE_LENGTH = 70;
const FIRST_MS = 1_700_000_000_000;

export function benchRow(index: number): BenchRow {
  const random = mulberry32(index * 2_654_435_761);
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  let note = '';
  while (note.length < NOTE_LENGTH) note += `${word()} `;
  const id = [
    hex(random, 8),
    hex(random, 4),
    `4${hex(random, 3)}`,
    `8${hex(random, 3)}`,
    hexIndex(index) + hex(random, 8),
  ].join('-');
  return {
    id: id.slice(0, 36).padEnd(36, '0'),
    owner: `user${index % 500}`,
    name: `${word()} ${word()} ${index % 1000}`,
    email: `${word()}${index}@example.com`,
    status: STATES[index % 3] ?? '',
    amount: Math.round(random() * 1e6) / 100,
    qty: Math.floor(random() * 1000),
    note: note.slice(0, NOTE_LENGTH),
    created: FIRST_MS + index * 1000,
    updated: FIRST_MS + index * 1000,
  };
}

export function* benchRows(count: number): Generator<BenchRow> {
  for (let index = 0; index < count; index++) yield benchRow(index);
}

function hexIndex(index: number): string {
  return index.toString(16).padStart(4, '0');
}

function hex(random: () => number, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random() * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}
