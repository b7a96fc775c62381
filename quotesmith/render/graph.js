"use strict";
(() => {
  const plot = document.getElementById("plot");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const draw = () => {
    plot.replaceChildren();
    const data = document.getElementById(dark.matches ? "dark" : "light");
    Bokeh.embed.embed_item(JSON.parse(data.textContent), "plot");
  };
  dark.addEventListener("change", draw);
  draw();
})();
