import type { ImportCounts } from '../../audience/import-counts.ts';

export interface DemoCustomers {
  /** The file's text, as the client's till exports it: byte order mark, semicolons, Latvian headers, CRLF. */
  readonly csv: string;
  /** Somebody on the list who asked not to be written to; to be suppressed before the list is used. */
  readonly suppressed: string;
  /** What becomes of the rows, with `suppressed` suppressed before. */
  readonly expected: ImportCounts;
}

const headers = ['E-pasts', 'Vārds', 'Uzvārds', 'Valoda', 'Mīļākā maize', 'Piezīmes'];
const women = [
  'Anna',
  'Līga',
  'Ilze',
  'Kristīne',
  'Inese',
  'Dace',
  'Žanete',
  'Elīna',
  'Santa',
  'Ieva',
  'Agnese',
];
const men = ['Jānis', 'Pēteris', 'Andris', 'Mārtiņš', 'Kārlis', 'Uģis', 'Edgars', 'Toms', 'Jēkabs', 'Aldis'];
const lastNames = [
  ['Bērziņa', 'Bērziņš'],
  ['Kalniņa', 'Kalniņš'],
  ['Ozola', 'Ozols'],
  ['Liepa', 'Liepa'],
  ['Krūmiņa', 'Krūmiņš'],
  ['Šmite', 'Šmits'],
  ['Zariņa', 'Zariņš'],
  ['Ķirse', 'Ķirsis'],
  ['Čakste', 'Čakste'],
] as const;
const breads = ['rupjmaize', 'saldskābmaize', 'ķimeņu maize', 'kliņģeris', 'baltmaize', 'pīrāgi'];
const domains = ['example.com', 'example.org', 'pasts.example', 'riga.example', 'birojs.example'];

const ROWS = 500;
const SUPPRESSED_AT = 120;

/** The demo's customer list: 500 rows with the dirt of real life, the same each time. */
export function demoCustomers(): DemoCustomers {
  const oddRows = new Map<number, string>([...dirty, ...duplicates, ...bad]);
  const rows = Array.from({ length: ROWS }, (_, at) => oddRows.get(at) ?? customer(at).join(';'));
  const left = ROWS - duplicates.size - bad.size - 1;
  return {
    csv: `\ufeff${[headers.join(';'), ...rows].join('\r\n')}\r\n`,
    suppressed: address(SUPPRESSED_AT),
    expected: {
      rows: ROWS,
      added: left,
      updated: 0,
      unchanged: 0,
      duplicates: duplicates.size,
      suppressed: 1,
      rejected: bad.size,
    },
  };
}

function name(at: number): readonly [first: string, last: string] {
  const [woman, man] = lastNames[(at * 7) % lastNames.length] ?? lastNames[0];
  return at % 5 < 3 ? [women[at % women.length] ?? '', woman] : [men[at % men.length] ?? '', man];
}

function address(at: number): string {
  const plain = name(at).map((part) => part.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
  return `${plain.join('.')}.${at + 1}@${domains[at % domains.length]}`;
}

/** Every 40th is without a first name, every sixth reads English. */
function customer(at: number): string[] {
  const [first, last] = name(at);
  const language = at % 6 === 4 ? 'EN' : 'LV';
  return [address(at), at % 40 === 39 ? '' : first, last, language, breads[at % breads.length] ?? '', ''];
}

/** Rows that look wrong and are right. */
const dirty = new Map<number, string>([
  [11, `  ${address(11)}  ;Līga ;Bērziņa  ;LV;rupjmaize;`],
  [42, `${address(42)};Jānis;Ozols;LV;kliņģeris;"Zvanīt pēc 18.00;\r\nsuns nekož"`],
  [77, `"SIA ""Rīta maize"" <${address(77)}>";Inese;Kalniņa;LV;baltmaize;"SIA ""Rīta maize"""`],
  [150, `${address(150)};Uģis;Ķirsis;LV;pīrāgi;=HYPERLINK("http://evil.example")`],
  [203, 'baiba@ķīpsala.example;Baiba;Liepa;LV;rupjmaize;'],
  [310, `${address(310)};Dace;Zariņa;latviešu;ķimeņu maize;;`],
  [377, `${address(377)};A\u0304rija;Šmite;lv;baltmaize;`],
]);

/** The same mailboxes again in other spellings, some rows further down. */
const duplicates = new Map<number, string>([
  [60, `${address(5).toUpperCase()};Anna;Ozola;LV;rupjmaize;`],
  [210, `Baiba Liepa <BAIBA@xn--psala-l3a7f.example>;Baiba;Liepa;LV;rupjmaize;`],
  [255, ` ${address(11)};LĪGA;BĒRZIŅA;LV;;`],
  [333, `${address(90)};;;LV;;`],
  [448, `"${address(101)}";Toms;Čakste;EN;pīrāgi;`],
]);

/** Rows that nobody can use: no whole address, and a semicolon forgotten. */
const bad = new Map<number, string>([
  [188, 'ilze.kalnina@;Ilze;Kalniņa;LV;rupjmaize;'],
  [402, `${address(402)} Santa;Zariņa;LV;baltmaize;`],
]);
