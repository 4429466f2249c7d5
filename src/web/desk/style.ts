import { documentStyle } from './document-style.ts';

/**
 * What only the desk has: forms, and previews at the width of a phone (360 px) or a computer (1280 px), made smaller
 * to fit. Where neither is chosen, the visitor's own screen decides.
 */
export const deskStyle = `${documentStyle.text}
.skip { position: absolute; left: -999px; } .skip:focus { left: 12px; top: 12px; padding: 10px 16px; background: var(--panel); z-index: 2; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.good { color: var(--good); } .problem { padding: 12px 16px; border: 2px solid var(--bad); border-radius: 9px; color: var(--bad); font-weight: 600; }
.tag { display: inline-block; padding: 1px 9px; border: 1px solid currentColor; border-radius: 20px; font-size: 13px; font-weight: 600; vertical-align: 2px; }
h2 .soft { font-weight: 400; font-size: 15px; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: 4px 16px; margin: 0 0 12px; } dt { color: var(--soft); } dd { margin: 0; } .digest { font: 13px/1.7 ui-monospace, monospace; }
.field { display: grid; gap: 4px; } .field label { font-weight: 600; }
input:not([type=radio]), textarea, select { width: 100%; padding: 10px 12px; border: 1px solid var(--soft); border-radius: 8px; background: var(--panel); color: var(--ink); font: inherit; }
input[aria-invalid], textarea[aria-invalid] { border: 2px solid var(--bad); }
.forms { display: grid; gap: 28px; } .changes { border-top: 1px solid var(--line); padding-top: 8px; }
.width { display: flex; flex-wrap: wrap; gap: 6px 20px; border: 0; padding: 0; margin: 20px 0 0; } .width legend { float: left; padding: 0; margin-right: 16px; color: var(--soft); }
.width label, .width legend { padding: 4px 0; line-height: 1.55; }
ul + ul { margin-top: 10px; } .note { margin-top: 12px; }
figure { margin: 0; min-width: 0; } figcaption { margin-bottom: 6px; font-size: 15px; }
.sides, .samples { display: grid; gap: 18px; grid-template-columns: minmax(0, 1fr); }
.previews { --phone: .72; --desktop: .205; --w: 360px; --h: 640px; --s: var(--phone); }
.frame { width: calc(var(--w) * var(--s) + 2px); height: calc(var(--h) * var(--s) + 2px); max-width: 100%; overflow: hidden; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
.frame iframe { width: var(--w); height: var(--h); border: 0; transform: scale(var(--s)); transform-origin: 0 0; background: #fff; }
.mails { --h: 720px; } pre { white-space: pre-wrap; font: 14px/1.5 ui-monospace, monospace; } summary { cursor: pointer; padding: 6px 0; }
@media (max-width: 479px) { dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: 10px; } }
@media (min-width: 480px) { .previews { --phone: 1; --desktop: .3; } }
@media (min-width: 760px) { .previews { --desktop: .5; } .samples { grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); } }
@media (min-width: 1100px) { .previews { --w: 1280px; --h: 900px; --desktop: .37; --s: var(--desktop); } .sides { grid-template-columns: repeat(2, minmax(0, 1fr)); } .forms { grid-template-columns: repeat(2, minmax(0, 1fr)); } .changes { border-top: 0; padding-top: 0; border-left: 1px solid var(--line); padding-left: 28px; } .mails { --w: 640px; --h: 760px; --desktop: .6; } }
@media (min-width: 1280px) { .previews { --desktop: .435; } .mails { --desktop: .56; } .samples { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@media (min-width: 1480px) { .previews { --desktop: .48; } .mails { --desktop: .6; } }
.previews:has(#w-phone:checked) { --w: 360px; --h: 640px; --s: var(--phone); } .previews:has(#w-desktop:checked) { --w: 1280px; --h: 900px; --s: var(--desktop); } .mails:has(#w-desktop:checked) { --w: 640px; --h: 760px; }
`;
