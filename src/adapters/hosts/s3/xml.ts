import { Parser } from 'htmlparser2';

/** One object of a listing. */
export interface Listed {
  readonly key: string;
  readonly etag: string;
}

export interface Listing {
  readonly objects: readonly Listed[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
}

/** Reads a page of ListObjectsV2, asked for with `encoding-type=url`. Undefined where it is not one. */
export function readListing(xml: string): Listing | undefined {
  const objects: Listed[] = [];
  let object = { key: '', etag: '' };
  let next: string | undefined;
  let isTruncated: boolean | undefined;
  let isListing = false;
  readTexts(xml, (path, text) => {
    isListing ||= path === 'ListBucketResult';
    if (path === 'ListBucketResult/Contents/Key') object.key = decodeKey(text);
    if (path === 'ListBucketResult/Contents/ETag') object.etag = text.replaceAll('"', '');
    if (path === 'ListBucketResult/Contents') {
      objects.push(object);
      object = { key: '', etag: '' };
    }
    if (path === 'ListBucketResult/NextContinuationToken') next = text;
    if (path === 'ListBucketResult/IsTruncated') isTruncated = text === 'true';
  });
  if (!isListing || isTruncated === undefined || (isTruncated && next === undefined)) return undefined;
  return { objects, next: isTruncated ? next : undefined };
}

/** The code of an error answer, such as `NoSuchKey`; empty where it is none. */
export function readErrorCode(xml: string): string {
  let code = '';
  readTexts(xml, (path, text) => {
    if (path === 'Error/Code') code = text;
  });
  return code;
}

/** Hands over the text of each element that holds no other, with the path of names that leads to it. */
function readTexts(xml: string, onText: (path: string, text: string) => void): void {
  const names: string[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag(name) {
        names.push(name);
        text = '';
      },
      ontext(part) {
        text += part;
      },
      onclosetag(_name, isImplied) {
        // What is closed only because the text ends was cut off.
        if (!isImplied) onText(names.join('/'), text.trim());
        names.pop();
        text = '';
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
}

/** Keys are form-encoded: a space may be a plus. */
const decodeKey = (key: string) => decodeURIComponent(key.replaceAll('+', '%20'));
