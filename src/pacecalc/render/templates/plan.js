(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("readouts").textContent);
  const byId = (id) => document.getElementById(id);
  const cursor = byId("cursor");
  const stage = cursor.parentElement;
  const last = data.x.length - 1;
  const placeAt = new Map(data.stops.map(([point, place]) => [point, place]));
  let at = 0;

  const say = (id, text) => { byId(id).textContent = text || ""; };

  function show(index) {
    at = Math.min(Math.max(index, 0), last);
    const stop = placeAt.has(at) ? data.waypoints[placeAt.get(at)] : null;
    const segment = data.segments[data.segment[at]] || { name: "behind you", how: "" };
    const meal = data.meals[data.meal[at]];
    const place = stop ? stop.name : segment.name;
    const elapsed = stop ? stop.elapsed : data.elapsed[at];
    const clock = stop ? stop.clock : data.clock[at];
    const state = [data.distance[at], data.height[at], data.warmth[at], data.dark[at] ? "dark" : "light"].join(", ");
    say("r-place", place);
    say("r-elapsed", elapsed);
    say("r-clock", clock);
    say("r-band", stop && stop.band ? `80 % band ${stop.band}` : "");
    say("r-margin", stop && stop.margin ? `cutoff ${stop.margin}` : "");
    byId("r-margin").className = stop && stop.tone ? `badge tone-${stop.tone}` : "";
    say("r-state", state);
    say("r-how", segment.how);
    say("r-next-when", meal ? `next ${meal.when}, ${meal.where}:` : "");
    say("r-next", meal ? meal.what : "nothing more to eat");
    cursor.style.setProperty("--x", data.x[at]);
    cursor.style.setProperty("--y", data.y[at]);
    cursor.setAttribute("aria-valuenow", at);
    const food = meal ? `next ${meal.when}: ${meal.what}` : "nothing more to eat";
    cursor.setAttribute("aria-valuetext", `${place}, ${elapsed}, clock ${clock}, ${state}, ${segment.how}, ${food}`);
  }

  function nearest(share) {
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (data.x[middle] <= share) low = middle; else high = middle;
    }
    const near = share - data.x[low] <= data.x[high] - share ? low : high;
    // a finger is wider than a place: within reach, the place is meant
    const box = cursor.getBoundingClientRect();
    let best = near;
    let reach = 7 / box.width;
    for (const [point] of data.stops) {
      const gap = Math.abs(data.x[point] - share);
      if (gap < reach) { best = point; reach = gap; }
    }
    return best;
  }

  function follow(event) {
    const box = cursor.getBoundingClientRect();
    show(nearest(Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1)));
  }

  function jump(step) {
    const points = data.stops.map(([point]) => point);
    const next = step > 0 ? points.find((point) => point > at) : points.reverse().find((point) => point < at);
    return next === undefined ? at : next;
  }

  const keys = {
    ArrowRight: () => at + 1,
    ArrowUp: () => at + 1,
    ArrowLeft: () => at - 1,
    ArrowDown: () => at - 1,
    PageDown: () => jump(1),
    PageUp: () => jump(-1),
    Home: () => 0,
    End: () => last,
  };

  // the two drawings have margins of their own; the cursor takes those of the one that is shown
  function fit() {
    const shown = [...stage.querySelectorAll("svg.profile")].find((svg) => svg.getBoundingClientRect().width > 0);
    if (shown) for (const name of ["left", "right", "top", "base", "low", "high"]) {
      cursor.style.setProperty(`--${name}`, shown.style.getPropertyValue(`--${name}`));
    }
  }

  cursor.addEventListener("pointermove", follow);
  cursor.addEventListener("pointerdown", follow);
  cursor.addEventListener("keydown", (event) => {
    const move = keys[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(event.shiftKey && event.key.startsWith("Arrow") ? jump(move() > at ? 1 : -1) : move());
  });
  window.addEventListener("resize", fit);
  for (const id of ["readout", "cursor", "cursor-help"]) byId(id).hidden = false;
  fit();
  show(data.stops[0][0]);
})();
