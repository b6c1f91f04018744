const [BEGIN, END] = ['<!-- npm run graph -->', '<!-- end of npm run graph -->'];

/** A line for each package, with arrows to those that it imports; those that import more packages come first. */
export function drawn(graph) {
  const short = (name) => name.replace('@rl-recsys/', '');
  const reached = (name, seen = new Set()) => {
    for (const next of graph.get(name)) if (!seen.has(next)) reached(next, seen.add(next));
    return seen;
  };
  const order = [...graph.keys()].sort((a, b) => reached(b).size - reached(a).size || (a < b ? -1 : 1));
  const width = Math.max(...order.map((name) => short(name).length));
  const place = new Map(order.map((name, index) => [name, index]));
  return order
    .map((name) => {
      const imported = [...graph.get(name)].sort((a, b) => place.get(a) - place.get(b)).map(short);
      return imported.length > 0 ? `${short(name).padEnd(width)} → ${imported.join(', ')}` : short(name);
    })
    .join('\n');
}

/** The graph that a page shows between the markers. */
export function shownOn(page) {
  const [start, end] = markersOf(page);
  return page.slice(start, end).replace(/^\s*```text\n|\n```\s*$/g, '');
}

/** The page with this graph between the markers. */
export function pageWith(page, graph) {
  const [start, end] = markersOf(page);
  return `${page.slice(0, start)}\n\n\`\`\`text\n${graph}\n\`\`\`\n\n${page.slice(end)}`;
}

function markersOf(page) {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`page: expected ${BEGIN} and then ${END}`);
  return [start + BEGIN.length, end];
}
