"use strict";
// Elements from data. Text always becomes a text node: nothing here or elsewhere reads markup from a string.

function el(name, props = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "onclick") made.addEventListener("click", value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

const svg = (name, props = {}) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(props)) made.setAttribute(key, value);
  return made;
};

const numbers = new Intl.NumberFormat("ru", { maximumFractionDigits: 2 });
const SCALES = [[1e12, "трлн"], [1e9, "млрд"], [1e6, "млн"], [1e3, "тыс."]];

function short(value) {
  const scale = SCALES.find(([size]) => Math.abs(value) >= size);
  return scale ? `${numbers.format(value / scale[0])} ${scale[1]}` : numbers.format(value);
}

// «ё» is written or not, quotes and dashes vary: search takes no notice.
const plain = (text) => (text ?? "").toLowerCase().replaceAll("ё", "е").replace(/[«»"“”„]/g, "");

function plural(number, one, few, many) {
  const tens = number % 100, units = number % 10;
  const word = tens > 10 && tens < 15 ? many : units === 1 ? one : units > 1 && units < 5 ? few : many;
  return `${numbers.format(number)} ${word}`;
}

const MONTHS = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"];
const SEASONS = { SP: "весна", SU: "лето", AU: "осень", WI: "зима" };

// A TIMEX3 value in words: «14.07.2023», «июль 2023», «2 кв. 2023», «весна 2023», «2020 – 2022».
function day(value) {
  const [first, last] = (value ?? "").split("/");
  if (last) return `${day(first)} – ${day(last)}`;
  const [year, part, date] = first.split("-");
  if (date) return year.includes("X") ? `${date}.${part}` : `${date}.${part}.${year}`;
  if (!part || year.includes("X")) return first;
  if (part in SEASONS) return `${SEASONS[part]} ${year}`;
  if (part.startsWith("Q")) return `${part.slice(1)} кв. ${year}`;
  if (part.startsWith("W")) return `${Number(part.slice(1))}-я неделя ${year}`;
  return MONTHS[Number(part) - 1] ? `${MONTHS[Number(part) - 1]} ${year}` : first;
}
