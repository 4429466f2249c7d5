/**
 * Says how fast bytes go and how long the rest will take, such as `1.2 MB/s, 40 s left`. Nothing in the first
 * second: it would be a guess.
 *
 * @param now milliseconds that only go forward
 */
export function rateMeter(total: number, now: () => number): (bytes: number) => string {
  const start = now();
  let done = 0;
  return (bytes) => {
    done += bytes;
    const seconds = (now() - start) / 1000;
    if (seconds < 1 || done === 0) return '';
    const rate = done / seconds;
    return `${speed(rate)}, ${time((total - done) / rate)} left`;
  };
}

function speed(rate: number): string {
  return rate < 1_000_000
    ? `${Math.max(1, Math.round(rate / 1000))} kB/s`
    : `${(rate / 1_000_000).toFixed(1)} MB/s`;
}

function time(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole < 60 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}
