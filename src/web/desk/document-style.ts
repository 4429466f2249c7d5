import { Html } from '../html.ts';

/** The look of all that an approver reads. Colours keep a contrast of 4.5 in light and dark. */
export const documentStyle = new Html(`
:root { color-scheme: light dark; --paper: #f5f6f8; --panel: #ffffff; --ink: #1b1e24; --soft: #525966; --line: #d3d8e0; --mark: #1a4a75; --on-mark: #ffffff; --good: #17603a; --bad: #9b1c1c; --note: #fff7e0; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --panel: #202329; --ink: #eceef1; --soft: #aab0bc; --line: #3a404a; --mark: #9cc3ea; --on-mark: #10151b; --good: #86d6a8; --bad: #ffb0a8; --note: #332c17; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 24px 20px 56px; }
main.wide { max-width: 88rem; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; } h2 { font-size: 20px; margin: 0 0 8px; } h3 { font-size: 16px; margin: 18px 0 4px; }
p { margin: 0 0 12px; } ul { margin: 0; padding-left: 22px; } li { margin: 2px 0; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; margin: 20px 0; }
.soft { color: var(--soft); } a { color: var(--mark); }
.answers { display: flex; flex-wrap: wrap; gap: 12px; }
.button { display: inline-block; padding: 11px 20px; border: 2px solid var(--mark); border-radius: 9px; background: var(--mark); color: var(--on-mark); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button.plain { background: transparent; color: var(--mark); }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
`);
