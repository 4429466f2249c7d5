import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { openCsvFile } from '../../../src/adapters/csv/open-csv.ts';
import { temporaryFolder } from '../../audience/helpers.ts';

function fileOf(bytes: Uint8Array | string): string {
  const path = join(temporaryFolder(), 'people.csv');
  writeFileSync(path, bytes);
  return path;
}
async function read(bytes: Uint8Array | string) {
  const file = await openCsvFile(fileOf(bytes), 'people.csv');
  const text = Buffer.concat(await Array.fromAsync(file.chunks())).toString();
  return { text, encoding: file.encoding, digest: file.digest() };
}

const latvian = 'E-pasts;Vārds\r\nanna@x.example;Ģirts Šķēle\r\n';
const french = 'email;name\r\nanna@x.example;Hélène Lefèvre à Besançon\r\n';
const lithuanian = 'email;vardas\r\na@x.example;Šarūnė Žąsytė\r\nb@x.example;Čėsna\r\n';
const german = 'email;name\r\nanna@x.example;Jürgen Größe\r\n';

describe('openCsvFile', () => {
  it.each([
    ['UTF-8', Buffer.from(latvian), latvian, 'UTF-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${latvian}`), latvian, 'UTF-8'],
    ['UTF-16 LE', iconv.encode(latvian, 'utf-16le', { addBOM: true }), latvian, 'UTF-16'],
    ['UTF-16 BE', iconv.encode(latvian, 'utf-16be', { addBOM: true }), latvian, 'UTF-16 (big-endian)'],
    ['UTF-16 LE without a mark', iconv.encode(latvian, 'utf-16le'), latvian, 'UTF-16'],
    ['UTF-16 BE without a mark', iconv.encode(latvian, 'utf-16be'), latvian, 'UTF-16 (big-endian)'],
    ['Windows-1257', iconv.encode(latvian, 'windows-1257'), latvian, 'Windows-1257 (Baltic)'],
    ['Windows-1252', iconv.encode(french, 'windows-1252'), french, 'Windows-1252 (Western European)'],
    ['Lithuanian', iconv.encode(lithuanian, 'windows-1257'), lithuanian, 'Windows-1257 (Baltic)'],
    ['German, the same in both', iconv.encode(german, 'windows-1252'), german, 'Windows-1257 (Baltic)'],
    ['ASCII', Buffer.from('email\na@x.example\n'), 'email\na@x.example\n', 'UTF-8'],
  ])('reads %s', async (_, bytes, text, encoding) => {
    expect(await read(bytes)).toEqual({
      text,
      encoding,
      digest: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('keeps letters whole that lie across chunks', async () => {
    const text = `email;name\n${'aā€😀'.repeat(200_000)}\n`;
    expect((await read(`x${text}`)).text === `x${text}`).toBe(true);
    expect((await read(iconv.encode(text, 'utf-16le', { addBOM: true }))).text === text).toBe(true);
  });

  it('reads any text back, and any bytes without a crash', async () => {
    const path = fileOf('');
    const readAgain = async (bytes: Uint8Array) => {
      writeFileSync(path, bytes);
      const file = await openCsvFile(path, 'people.csv');
      return Buffer.concat(await Array.fromAsync(file.chunks())).toString();
    };
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((s) => !/[\0\ufeff]/.test(s));
    await fc.assert(
      fc.asyncProperty(text, async (s) => {
        expect(await readAgain(Buffer.from(`email;${s}`))).toBe(`email;${s}`.toWellFormed());
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const refused = await readAgain(bytes).then(
          () => undefined,
          (error) => error.code,
        );
        expect(refused ?? 'CSV_').toMatch(/^CSV_/);
      }),
    );
  });

  it.each([
    ['a zip', Buffer.from('PK\x03\x04rest'), 'CSV_NOT_TEXT'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'CSV_NOT_TEXT'],
    ['a web page', Buffer.from(' <!DOCTYPE html><p>'), 'CSV_NOT_TEXT'],
    ['zero bytes', Buffer.from('email;name\na@x.example;A\0\n'), 'CSV_NOT_TEXT'],
    ['UTF-8 with a mark and damage', Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]), 'CSV_ENCODING_MIXED'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(openCsvFile(fileOf(bytes), 'people.csv')).rejects.toMatchObject({ code });
  });

  it('names the line where UTF-8 is damaged', async () => {
    const bytes = Buffer.concat([
      Buffer.from('email;Vārds\na@x.example;Jānis\n'),
      Buffer.from([0x62, 0xe2, 0x6e, 0x0a]),
    ]);
    await expect(openCsvFile(fileOf(bytes), 'people.csv')).rejects.toMatchObject({ details: { line: 3 } });
  });

  it('says plainly that a file is not there or is a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dir.csv'));
    await expect(openCsvFile(join(folder, 'no.csv'), 'no.csv')).rejects.toMatchObject({
      code: 'CSV_MISSING',
      message: expect.stringMatching(/^no\.csv cannot be opened: there is no such file/),
    });
    await expect(openCsvFile(join(folder, 'dir.csv'), 'dir.csv')).rejects.toMatchObject({
      code: 'CSV_MISSING',
    });
  });

  it('notices that a file changed between finding out its encoding and reading it', async () => {
    const path = fileOf('email\na@x.example\n');
    const file = await openCsvFile(path, 'people.csv');
    writeFileSync(path, Buffer.from([0x61, 0xff, 0xfe]));
    await expect(Array.fromAsync(file.chunks())).rejects.toMatchObject({ code: 'CSV_CHANGED' });
  });
});
