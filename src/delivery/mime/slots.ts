import type { MergeFields, SlotText } from '../../campaign/message.ts';
import type { Fill, FormLayout } from './form.ts';
import { encodePiece, SOFT_BREAK } from './quoted-printable.ts';

type Slot = SlotText['slots'][number];

/** A text for one recipient as it was written, before any encoding. */
export function filled(text: SlotText, fields: MergeFields): string {
  let out = text.statics[0] ?? '';
  for (const [n, slot] of text.slots.entries()) out += slot(fields) + (text.statics[n + 1] ?? '');
  return out;
}

/** Puts a text into a form as a body: what is the same for everybody is encoded once, here. */
export function layOutBody(text: SlotText, form: FormLayout): void {
  let open = false;
  let gap: Slot[] = [];
  const closeGap = (isLast: boolean) => {
    if (gap.length > 0) form.own(fillGap(gap, open, isLast));
    gap = [];
  };
  for (const [n, part] of text.statics.entries()) {
    const shared = encodePiece(part);
    if (shared.text !== '') {
      closeGap(false);
      form.shared(Buffer.from(shared.text, 'latin1'));
      open = shared.open;
    }
    const slot = text.slots[n];
    if (slot) gap.push(slot);
  }
  closeGap(true);
}

/**
 * Slots that stand next to each other: each begins and ends at a soft line break.
 *
 * @param open whether what stands before ends in the middle of a line
 * @param isLast whether nothing of the body follows
 */
const fillGap =
  (slots: readonly Slot[], open: boolean, isLast: boolean): Fill =>
  (fields) => {
    let out = '';
    let isOpen = open;
    for (const slot of slots) {
      const own = encodePiece(slot(fields));
      if (own.text === '') continue;
      out += isOpen ? SOFT_BREAK + own.text : own.text;
      isOpen = own.open;
    }
    return isOpen && !isLast ? out + SOFT_BREAK : out;
  };
