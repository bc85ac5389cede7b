/** A time of the API as this machine's clock shows it: `2026-11-21 11:00:05`. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** The same without year and seconds, for narrow columns: `11-21 11:00`. */
export function shortLocalTime(iso: string): string {
  return localTime(iso).slice(5, 16);
}
