// What a page tells of its own loading; put into it before anything else runs.
window.told = { shift: 0, largest: 0, tasks: [] };
const watch = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
    type,
    buffered: true,
  });
watch('layout-shift', ({ hadRecentInput, value }) => {
  if (!hadRecentInput) window.told.shift += value;
});
watch('largest-contentful-paint', ({ startTime }) => {
  window.told.largest = startTime;
});
watch('longtask', ({ startTime, duration }) => window.told.tasks.push({ startTime, duration }));

window.loading = () => {
  const [first] = performance.getEntriesByName('first-contentful-paint');
  const late = window.told.tasks.filter(({ startTime }) => startTime >= first.startTime);
  return {
    'first contentful paint': first.startTime,
    'largest contentful paint': window.told.largest,
    'total blocking time': late.reduce((sum, { duration }) => sum + duration - 50, 0),
    'cumulative layout shift': window.told.shift,
  };
};

const frame = () => new Promise(requestAnimationFrame);

// From the top to the end, a step with each frame; how long each frame took, in milliseconds.
window.scrolled = async (box, height, step) => {
  box.scrollTop = 0;
  const frames = [];
  let before = await frame();
  while (box.scrollTop + box.clientHeight < height - 1) {
    box.scrollTop += step;
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
};

window.emptyBox = (height) => {
  const box = document.createElement('div');
  box.style.cssText = 'position: fixed; inset: 0; overflow-y: auto; z-index: 9999';
  box.append(document.createElement('div'));
  box.firstChild.style.height = `${height}px`;
  document.body.append(box);
  return box;
};
