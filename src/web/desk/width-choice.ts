import type { Words } from '../../approval/words/words.ts';
import { type Html, html } from '../html.ts';

/** Phone or computer. None is chosen at first: then the width of the visitor's own screen decides (desk.css). */
export function widthChoice({ desk }: Words): Html {
  return html`<fieldset class="width"><legend>${desk.width}</legend>
<label><input type="radio" name="width" id="w-phone" autocomplete="off"> ${desk.phone}</label>
<label><input type="radio" name="width" id="w-desktop" autocomplete="off"> ${desk.desktop}</label></fieldset>`;
}
