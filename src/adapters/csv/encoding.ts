/** An encoding that list files come in, as iconv-lite calls it, and as a person does. */
export interface Encoding {
  readonly id: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1257' | 'windows-1252';
  readonly label: string;
  /** Length of the byte order mark at the start, which is no text. */
  readonly bomBytes: 0 | 2 | 3;
}

const labels: Record<Encoding['id'], string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1257': 'Windows-1257 (Baltic)',
  'windows-1252': 'Windows-1252 (Western European)',
};

export const encoding = (id: Encoding['id'], bomBytes: Encoding['bomBytes'] = 0): Encoding => ({
  id,
  label: labels[id],
  bomBytes,
});

/** The encoding that a byte order mark or the pattern of zero bytes gives away; undefined where nothing does. */
export function obviousEncoding(head: Buffer): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return encoding('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return encoding('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return encoding('utf-16be', 2);
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // In UTF-16, every letter, digit and sign of ASCII has a zero byte: a header line is full of them, on one side.
  if (odd > head.length / 8 && even < odd / 8) return encoding('utf-16le');
  if (even > head.length / 8 && odd < even / 8) return encoding('utf-16be');
  return undefined;
}

/** Workbooks are zip archives; what is in them stands at their beginning. */
function packedFormat(head: Buffer): string {
  const text = head.toString('latin1');
  if (text.includes('[Content_Types].xml') || text.includes('xl/'))
    return 'an Excel workbook (.xlsx) under another name';
  if (text.includes('opendocument.spreadsheet')) return 'a LibreOffice table (.ods) under another name';
  return 'a zip archive under another name';
}

/** What a file is that was only renamed to .csv, in plain words; undefined where it may be text. */
export function foreignFormat(head: Buffer): string | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return packedFormat(head);
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'an old Excel workbook (.xls) under another name';
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'a PDF under another name';
  if (starts(0x1f, 0x8b)) return 'a packed file (.gz) under another name';
  if (/^\s*(<!doctype html|<html|<\?xml)/i.test(head.toString('latin1'))) return 'a web page or an XML file';
  return undefined;
}
