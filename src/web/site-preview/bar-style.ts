/** The look of the bar: a strip at the lower edge, and a panel above it when it is opened. */
export const barStyle = `
:root { color-scheme: dark; --ink: #f4f5f7; --soft: #b9bfca; --paper: #1c2026; --panel: #262b33; --line: #454c58; --new: #7fd8a4; --changed: #f3c969; --gone: #ff9d94; --mark: #9cc8f5; --wrong: #5f1d18; }
* { box-sizing: border-box; }
html, body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.45 system-ui, sans-serif; }
details { border-top: 1px solid var(--line); }
summary { display: flex; align-items: center; gap: 10px; min-height: 43px; padding: 0 14px; cursor: pointer; list-style: none; white-space: nowrap; }
summary::-webkit-details-marker { display: none; }
summary::after { content: "▴"; margin-left: auto; color: var(--soft); }
details[open] summary::after { content: "▾"; }
summary:focus-visible, a:focus-visible, input:focus-visible, button:focus-visible { outline: 2px solid var(--mark); outline-offset: -2px; }
summary .about, summary .views { overflow: hidden; text-overflow: ellipsis; color: var(--soft); }
summary .views { flex: none; color: var(--changed); }
.pill { flex: none; border: 1px solid currentcolor; border-radius: 99px; padding: 1px 10px; font-weight: 600; }
.new { color: var(--new); } .changed { color: var(--changed); } .gone, .missing { color: var(--gone); } .same, .unknown { color: var(--soft); }
.wrong summary { background: var(--wrong); } .wrong summary .about { color: var(--ink); }
.panel { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 14px 32px; padding: 12px 14px 18px; border-top: 1px solid var(--line); background: var(--panel); max-height: var(--room, 320px); overflow: auto; }
h2 { margin: 0 0 6px; font-size: 14px; } p { margin: 0 0 6px; }
.problem { grid-column: 1 / -1; overflow-wrap: anywhere; }
ol, ul { list-style: none; margin: 0 0 8px; padding: 0; }
.excerpt { font: 13px/1.5 ui-monospace, monospace; background: var(--paper); border-radius: 6px; padding: 6px 10px; overflow-x: auto; }
.excerpt li { white-space: pre; } .excerpt .at { color: var(--gone); font-weight: 700; }
.pages li { display: flex; gap: 8px; padding: 3px 0; } .pages b { flex: 0 0 4.6em; font-weight: 600; } .pages a, .pages span { min-width: 0; overflow-wrap: anywhere; }
a { color: var(--mark); } small { color: var(--soft); }
form label { display: flex; align-items: center; gap: 8px; padding: 4px 0; } form input[type=checkbox] { width: 18px; height: 18px; }
form input[type=text] { min-width: 0; flex: 1; } form input[type=text], button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; padding: 5px 10px; }
::placeholder { color: var(--soft); opacity: 1; }
button { margin-top: 6px; cursor: pointer; }
@media (max-width: 560px) { summary { gap: 8px; padding: 0 10px; } }
`;
