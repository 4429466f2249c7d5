import { Html } from './html.ts';

/** The look of the preview page. It frames mails, so it stays grey and out of their way. */
export const previewStyle = new Html(`
:root { color-scheme: light dark; --paper: #eceef1; --panel: #fff; --ink: #1b1e24; --soft: #565c68; --line: #d5d9e0; --mark: #1f4e79; --on-mark: #fff; --warn: #9a5b00; --bad: #a4262c; --good: #2f6b3a; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191d; --panel: #212429; --ink: #eceef1; --soft: #a9afbb; --line: #3a3f49; --mark: #8db8e2; --on-mark: #10151b; --warn: #e5b45c; --bad: #f1948a; --good: #8ccf9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
header { background: var(--panel); border-bottom: 1px solid var(--line); padding: 20px 28px 16px; }
header > * { max-width: 1180px; margin-inline: auto; }
main { max-width: 1236px; margin-inline: auto; }
.where { color: var(--soft); font-size: 13px; margin-block: 0; }
h1 { margin-block: 4px 2px; font-size: 22px; line-height: 1.3; overflow-wrap: anywhere; }
.behind { margin-block: 0 16px; color: var(--soft); }
h2 { margin: 0 0 12px; font-size: 15px; }
.choices { display: flex; flex-wrap: wrap; gap: 12px 28px; }
nav { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; }
.label { color: var(--soft); font-size: 13px; }
.options { display: inline-flex; flex-wrap: wrap; border: 1px solid var(--line); border-radius: 8px; overflow: clip; }
.options a { padding: 6px 12px; color: var(--ink); text-decoration: none; font-size: 13px; font-weight: 600; }
.options a + a { border-left: 1px solid var(--line); }
.options a:hover { background: var(--paper); }
.options a[aria-current] { background: var(--mark); color: var(--on-mark); }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
main { padding: 24px 28px 48px; }
.facts { margin-bottom: 24px; }
dl { display: flex; flex-wrap: wrap; gap: 12px 36px; margin: 0; }
dt { color: var(--soft); font-size: 13px; } dd { margin: 0; overflow-wrap: anywhere; }
.file { color: var(--mark); }
meter { width: 90px; height: 12px; vertical-align: -1px; }
.frames { display: flex; flex-wrap: wrap; gap: 28px; align-items: flex-start; }
figure { margin: 0; max-width: 100%; }
figcaption { color: var(--soft); font-size: 13px; margin-bottom: 6px; }
.scroll { max-width: 100%; overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; background: #fff; }
iframe { display: block; height: 760px; border: 0; background: #fff; }
.phone iframe { width: 360px; } .desktop iframe { width: 720px; }
.note { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.below { display: grid; grid-template-columns: minmax(0, 640px) minmax(0, 1fr); gap: 28px; margin-top: 28px; align-items: start; }
.side { display: grid; gap: 28px; }
.below section { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.55 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
ol { margin: 0; padding-left: 22px; } li { overflow-wrap: anywhere; font-size: 13px; margin-bottom: 8px; color: var(--soft); } li strong { color: var(--ink); }
@media (max-width: 800px) { header { padding: 16px; } main { padding: 16px; } .below { grid-template-columns: minmax(0, 1fr); gap: 16px; } .side { gap: 16px; } .phone { margin-inline: -16px; max-width: 100vw; } .phone figcaption { padding-inline: 16px; } .phone .scroll { border-inline: 0; border-radius: 0; } .phone iframe { max-width: 100vw; } }
`);
