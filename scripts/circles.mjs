/**
 * The circles of a graph, each as the nodes along it, first the least: one for each arrow that leads back to where a
 * walk is already. No circle is left out where the list is empty.
 *
 * @param graph - a Map from each node to the nodes that it points to.
 */
export function circlesOf(graph) {
  const circles = new Map();
  const done = new Set();
  const path = [];
  const walk = (node) => {
    const start = path.indexOf(node);
    if (start >= 0) {
      const circle = path.slice(start);
      const first = circle.indexOf([...circle].sort()[0]);
      const turned = [...circle.slice(first), ...circle.slice(0, first)];
      circles.set(turned.join('\n'), turned);
    }
    if (start >= 0 || done.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) walk(next);
    path.pop();
    done.add(node);
  };
  for (const node of graph.keys()) walk(node);
  return [...circles.values()];
}
