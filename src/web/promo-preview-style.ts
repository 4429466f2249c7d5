import { Html } from './html.ts';

/** The look of the preview page. It frames mails, so it stays grey and out of their way. */
export const previewStyle = new Html(`
:root { color-scheme: light dark; --paper: #eceef1; --panel: #fff; --ink: #1b1e24; --soft: #5a606c; --line: #d5d9e0; --mark: #1f4e79; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191d; --panel: #212429; --ink: #eceef1; --soft: #a5abb7; --line: #363b44; --mark: #8db8e2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { background: var(--panel); border-bottom: 1px solid var(--line); padding: 20px 28px 0; }
.where { margin: 0; color: var(--soft); font-size: 13px; }
h1 { margin: 2px 0 12px; font-size: 22px; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 0 0 10px; font-size: 15px; }
h2.next { margin-top: 24px; }
nav { display: flex; gap: 4px; }
nav a { padding: 8px 16px; color: var(--soft); text-decoration: none; text-transform: uppercase; font-size: 13px; font-weight: 600; border-bottom: 3px solid transparent; }
nav a[aria-current] { color: var(--mark); border-color: var(--mark); }
nav a:focus-visible { outline: 2px solid var(--mark); outline-offset: -2px; }
main { padding: 24px 28px 48px; }
.facts { margin-bottom: 20px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.frames { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
figure { margin: 0; max-width: 100%; }
figcaption { color: var(--soft); font-size: 13px; margin-bottom: 6px; }
iframe { display: block; max-width: 100%; height: 740px; border: 1px solid var(--line); border-radius: 10px; background: #fff; }
.phone iframe { width: 362px; } .desktop iframe { width: 722px; }
.below { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 24px; margin-top: 28px; }
.below > div { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.55 ui-monospace, monospace; }
ol { margin: 0; padding-left: 20px; } li { overflow-wrap: anywhere; font-size: 13px; margin-bottom: 6px; }
@media (max-width: 800px) { header { padding: 16px 16px 0; } main { padding: 16px; } .below { grid-template-columns: minmax(0, 1fr); } }
`);
