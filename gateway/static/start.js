"use strict";

const words = { en: { ok: "ready", other: "中文" }, "zh-Hans": { ok: "就绪", other: "English" } };
const sections = document.querySelectorAll("section[lang]");
const button = document.getElementById("language");
const list = document.getElementById("parts");
let language = navigator.language.startsWith("zh") ? "zh-Hans" : "en";
let parts = {};

function draw() {
  document.documentElement.lang = language;
  for (const section of sections) section.hidden = section.lang !== language;
  button.textContent = words[language].other;
  list.replaceChildren(...Object.entries(parts).map(([name, state]) => {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    term.textContent = name;
    value.textContent = state === "ok" ? words[language].ok : state;
    value.className = state === "ok" ? "ok" : "";
    row.append(term, value);
    return row;
  }));
}

async function look() {
  try {
    parts = (await (await fetch("/healthz")).json()).parts;
  } catch (error) {
    parts = { gateway: String(error) };
  }
  draw();
}

button.addEventListener("click", () => {
  language = language === "en" ? "zh-Hans" : "en";
  draw();
});
draw();
look();
setInterval(look, 5000);
