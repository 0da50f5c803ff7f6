// Moments as people say them. Every moment is seconds since 1970; days are those of this browser's zone.

const LANGUAGE = "en-GB";
const format = (options) => {
  const formatter = new Intl.DateTimeFormat(LANGUAGE, options);
  return (moment) => formatter.format(moment * 1000);
};

/** 18:30 */
export const hour = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Thu 16 Oct, 18:30, without the marks that a formatter's locale puts between. */
export const moment = (at) => `${shortDay(at)}, ${hour(at)}`;

const weekday = format({ weekday: "short" });
const monthDay = format({ day: "numeric", month: "short" });
const shortDay = (at) => `${weekday(at)} ${monthDay(at)}`;
const longDay = format({ weekday: "long", day: "numeric", month: "long" });
const year = format({ year: "numeric" });

/** 2026-10-16: equal for two moments of one day, and sorted by time. */
export function dayKey(at) {
  const date = new Date(at * 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The heading of a day as seen from `now`: Today, Yesterday, Thursday 16 October. */
export function dayTitle(at, now) {
  if (dayKey(at) === dayKey(now)) return "Today";
  const noon = new Date(now * 1000);
  noon.setHours(12, 0, 0, 0);
  noon.setDate(noon.getDate() - 1);
  if (dayKey(at) === dayKey(noon / 1000)) return "Yesterday";
  return year(at) === year(now) ? longDay(at) : `${longDay(at)} ${year(at)}`;
}

/** How far ahead: "in 2 days", "in 40 minutes", "now". */
export function ahead(at, now) {
  const minutes = Math.round((at - now) / 60);
  if (minutes < 1) return "now";
  const units = [[60 * 24, "day"], [60, "hour"], [1, "minute"]];
  // A day and a half is said in hours, since "in 2 days" would name the wrong day.
  const [size, unit] = units.find(([length]) => minutes >= (length === 1440 ? 2 * length : length));
  const count = Math.round(minutes / size);
  return `in ${count} ${unit}${count === 1 ? "" : "s"}`;
}
