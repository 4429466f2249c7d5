/** One column, readable on a phone, in the dark and on paper. */
export const recordStyle = `:root{color-scheme:light dark;--ink:#1c1917;--soft:#57534e;--line:#d6d3d1;--page:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#f5f5f4;--soft:#a8a29e;--line:#44403c;--page:#1c1917}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main{max-width:44rem;margin:0 auto;padding:2rem 1.25rem 3rem}header p{margin:0;color:var(--soft);overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .4rem;text-wrap:balance}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}h3{font-size:1rem;margin:1.4rem 0 .5rem}
dl{margin:0 0 .8rem;border:1px solid var(--line);border-radius:.7rem;padding:.4rem 1rem}
dl div{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.2rem 1rem;padding:.3rem 0}
dl div+div{border-top:1px solid var(--line)}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
@media (max-width:34rem){dl div{grid-template-columns:1fr}}@media print{main{padding:0}dl{break-inside:avoid}}`;
