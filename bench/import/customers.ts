import { closeSync, openSync, writeSync } from 'node:fs';

const cities = ['Rīga', 'Jūrmala', 'Liepāja', 'Daugavpils', 'Ventspils'];
const domains = ['example.com', 'example.org', 'mail.example', 'inbox.example'];
const languages = ['lv', 'en', 'ru'];
const TOGETHER = 10_000;

/** Writes a list as a shop exports it: eight columns, notes in quotation marks, one row in a thousand twice. */
export function writeCustomers(path: string, rows: number): void {
  const file = openSync(path, 'w');
  writeSync(file, 'email,first_name,last_name,city,orders,birthday,language,notes\r\n');
  for (let from = 0; from < rows; from += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, rows - from) }, (_, n) => from + n);
    writeSync(file, numbers.map((n) => row(n % 1000 === 999 ? n - 500 : n)).join(''));
  }
  closeSync(file);
}

function row(n: number): string {
  const scattered = Math.imul(n, 2_654_435_761) >>> 0;
  const birthday = `19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 10}`;
  const address = `person${scattered}.${n}@${domains[n % 4]}`;
  return `${address},Anna ${n},Ozola-Bērziņa,${cities[n % 5]},${n % 13},${birthday},${languages[n % 3]},"likes, ""dark"" bread ${n}"\r\n`;
}
