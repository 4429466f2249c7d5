import { fail } from '../../core/errors/index.ts';
import { decideCodePage } from './code-page.ts';
import { type Encoding, encoding, foreignFormat, obviousEncoding } from './encoding.ts';
import { createUtf8Scan } from './utf8-scan.ts';

const HEAD_BYTES = 4096;

/**
 * Finds out a file's encoding from all its bytes: a byte order mark, else UTF-8 where everything is valid UTF-8,
 * else the code page whose letters it is full of.
 *
 * @throws CSV_NOT_TEXT, CSV_ENCODING_MIXED
 */
export async function sniffEncoding(chunks: AsyncIterable<Buffer>, file: string): Promise<Encoding> {
  const scan = createUtf8Scan();
  let known: Encoding | undefined;
  let first = true;
  for await (const chunk of chunks) {
    if (first) {
      const head = chunk.subarray(0, HEAD_BYTES);
      const found = foreignFormat(head);
      if (found !== undefined) throw fail('CSV_NOT_TEXT', { file, found });
      known = obviousEncoding(head);
      if (known?.id.startsWith('utf-16')) return known;
      first = false;
    }
    scan.add(chunk);
  }
  const { broken, whole, firstBrokenLine: line, bytes } = scan.result();
  if ((bytes[0] ?? 0) > 0)
    throw fail('CSV_NOT_TEXT', {
      file,
      found: 'not text, or a text that is damaged (there are zero bytes in it)',
    });
  if (broken === 0) return known ?? encoding('utf-8');
  if (known || whole > broken) throw fail('CSV_ENCODING_MIXED', { file, line });
  const codePage = decideCodePage(bytes);
  if (!codePage) throw fail('CSV_NOT_TEXT', { file, found: 'in an encoding that sec does not know' });
  return codePage;
}
