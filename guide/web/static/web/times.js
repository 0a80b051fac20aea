// Adds the reader's own time to each instant whose clocks differ from theirs. Without it, pages name their zone.
const page = document.documentElement.lang;
const language = page === "en" ? "en-GB" : page;
const dayOf = (instant, shift) => new Date(instant.getTime() + shift * 60000).toISOString().slice(0, 10);

for (const element of document.querySelectorAll("[data-yours] time[datetime*='T']")) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(element.dateTime);
  const shown = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const instant = new Date(element.dateTime);
  const own = -instant.getTimezoneOffset();
  if (own === shown) continue;
  const isSameDay = dayOf(instant, own) === dayOf(instant, shown);
  const format = { hour: "2-digit", minute: "2-digit", ...(isSameDay ? {} : { weekday: "short" }) };
  const note = document.createElement("span");
  note.className = "second";
  const words = element.closest("[data-yours]").dataset.yours;
  note.textContent = words.replace("{time}", new Intl.DateTimeFormat(language, format).format(instant));
  element.parentElement.append(" ", note);
}
