/**
 * Runs inside the bar's own frame, so that nothing is added to the page: listens for news, loads the page again
 * when it looks different, and otherwise brings the bar up to date. A tab that nobody looks at does not listen,
 * because a browser keeps only a few connections to one server.
 */
export const barScript = `
const OPEN = 'sec-preview-open';
const { dataset } = document.body;
const bar = () => document.querySelector('details');
const fit = () => {
  document.documentElement.style.setProperty('--room', Math.round(top.innerHeight * 0.6) + 'px');
  frameElement.style.height = bar().offsetHeight + 'px';
};
const sizes = new ResizeObserver(fit);
const settle = () => {
  if (sessionStorage.getItem(OPEN)) bar().open = true;
  bar().querySelector('summary').addEventListener('click', () => {
    if (bar().open) sessionStorage.removeItem(OPEN);
    else sessionStorage.setItem(OPEN, 'yes');
  });
  sizes.disconnect();
  sizes.observe(bar());
  fit();
};
const renew = async () => {
  const text = await (await fetch(location.href)).text();
  bar().replaceWith(new DOMParser().parseFromString(text, 'text/html').querySelector('details'));
  settle();
};
let source;
const listen = () => {
  source = new EventSource('/.sec/events?page=' + encodeURIComponent(dataset.page));
  source.onmessage = ({ data }) => {
    const news = JSON.parse(data);
    if (news.look !== dataset.look) top.location.reload();
    else if (news.bar !== dataset.bar) { dataset.bar = news.bar; renew(); }
  };
  source.onerror = () => {
    bar().querySelector('.about').textContent = 'The preview has ended. Start it again with: sec site preview';
    dataset.bar = '';
  };
};
document.addEventListener('visibilitychange', () => {
  source.close();
  if (!document.hidden) listen();
});
top.addEventListener('resize', fit);
settle();
listen();
`;
