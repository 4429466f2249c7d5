import type { Letter } from '../../src/adapters/transports/smtp/letter.ts';
import { formOf } from '../../src/delivery/mime/form.ts';

/** A letter whose text is the same for everybody. */
export const letterTo = (to: string, text: string | Uint8Array = 'Subject: x\r\n\r\nx\r\n'): Letter => ({
  from: 'news@kaldi.example',
  to,
  form: formOf([Buffer.from(text)]),
  entries: ['', ''],
});
