/** The report's look: one column, readable on a phone, in the dark and on paper. */
export const reportStyle = `:root{color-scheme:light dark;--ink:#1c1917;--soft:#57534e;--line:#d6d3d1;--page:#fff;--sent:#1d4ed8;--delivered:#047857;--bounced:#b45309;--unsubscribed:#be123c}
@media (prefers-color-scheme:dark){:root{--ink:#f5f5f4;--soft:#a8a29e;--line:#44403c;--page:#1c1917;--sent:#93c5fd;--delivered:#6ee7b7;--bounced:#fcd34d;--unsubscribed:#fda4af}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 3rem}header p{margin:0;color:var(--soft)}
h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .4rem;text-wrap:balance}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
.cards{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;margin:1.6rem 0;padding:0}
.cards li{border:1px solid var(--line);border-radius:.7rem;padding:.8rem 1rem;color:var(--soft)}
.cards strong{display:block;font-size:1.7rem;line-height:1.2;color:var(--ink);font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse}th,td{padding:.45rem .3rem;border-bottom:1px solid var(--line);text-align:left;font-weight:400;vertical-align:middle}
.numbers td,.domains td:nth-child(n+3),.domains th[scope=col]{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.numbers td{white-space:normal}.numbers th{width:70%}
.domains th[scope=row]{overflow-wrap:anywhere;width:34%}.domains td svg{display:block;width:100%;height:.7rem;border-radius:.35rem}
.domains th[scope=col]{color:var(--soft);font-size:.85rem;white-space:normal}
figure{margin:0 0 1.4rem}figure svg{width:100%;height:auto}figure text{font-size:12px;fill:var(--soft)}.rule{stroke:var(--line)}
polyline{fill:none;stroke-width:2.5;stroke-linejoin:round}.legend line{stroke-width:2.5}
polyline.sent,line.sent{stroke:var(--sent)}polyline.delivered,line.delivered{stroke:var(--delivered);stroke-dasharray:8 4}
polyline.bounced,line.bounced{stroke:var(--bounced);stroke-dasharray:2 4}polyline.unsubscribed,line.unsubscribed{stroke:var(--unsubscribed);stroke-dasharray:10 4 2 4}
rect.sent{fill:var(--sent)}rect.bounced{fill:var(--bounced)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.4rem 0 0;padding:0;font-size:.9rem}.legend svg{width:28px;height:10px;vertical-align:middle}
@media (max-width:30rem){figure text{font-size:22px}figure .between{display:none}.cards{grid-template-columns:repeat(3,1fr);gap:.5rem}.cards li{padding:.6rem;font-size:.8rem}
.domains td:nth-child(2){display:none}.domains th[scope=row]{width:50%}}@media print{main{padding:0}}`;
