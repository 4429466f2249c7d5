import { news } from './bar.ts';
import type { PreviewSession } from './session.ts';

/** A stream of news for one open page: once at the beginning, then whenever something is different. */
export function eventStream(session: PreviewSession, pathname: string): Response {
  let stop = () => {};
  let last = '';
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = () => {
        const data = JSON.stringify(news({ state: session.state(), pathname }));
        if (data === last) return;
        last = data;
        controller.enqueue(encoder.encode(`retry: 500\ndata: ${data}\n\n`));
      };
      stop = session.subscribe(tell);
      tell();
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}
