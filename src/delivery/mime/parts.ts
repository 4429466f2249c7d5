import type { Attachment } from '../../campaign/message.ts';
import { oneLine } from './encoded-word.ts';

/** A body part: headers, an empty line, content; without the line end before the next boundary. */
export interface Part {
  readonly head: string;
  readonly body: string;
}

/** A media type, with parameters that need no quotes (RFC 2045 §5.1). */
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; [\w-]+=[\w.+-]+)*$/;

/** An attachment as a part in base64, the same for everybody. */
export function attachmentPart({ filename, contentType, content, cid }: Attachment): Part {
  const type = CONTENT_TYPE.test(contentType) ? contentType : 'application/octet-stream';
  const name = oneLine(filename) || 'attachment';
  const disposition = cid === undefined ? 'attachment' : 'inline';
  const head = [
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: ${disposition};\r\n ${fileNames(name)}`,
  ];
  if (cid !== undefined) head.push(`Content-ID: <${cid.replace(/[^\w.@+-]/g, '')}>`);
  const base64 = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
  return { head: head.join('\r\n'), body: base64.replace(/.{76}(?=.)/g, '$&\r\n') };
}

/** A plain name for old readers, the whole one as RFC 2231 says where it differs. */
function fileNames(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  if (plain === name) return `filename="${plain}"`;
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}";\r\n filename*=UTF-8''${encoded}`;
}

/** The frame of a multipart: what stands before each part and after the last. */
export function multipart(type: string, boundary: string) {
  return {
    head: `Content-Type: multipart/${type}; boundary="${boundary}"`,
    open: (part: string) => `--${boundary}\r\n${part}\r\n\r\n`,
    next: '\r\n',
    end: `\r\n--${boundary}--\r\n`,
  };
}
