/** The floor of an import: csv-parse takes a file apart, and nothing is done with the rows. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

const parser = createReadStream(process.argv[2] ?? '').pipe(parse());
parser.on('readable', () => {
  while (parser.read() !== null);
});
