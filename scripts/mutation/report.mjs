/** Prints how many mutants the tests found, and those that they did not. */
export function report(name, mutants) {
  const of = (status) => mutants.filter((mutant) => mutant.status === status);
  const [killed, timeouts] = [of('killed').length, of('endless').length];
  const left = [...of('survived'), ...of('uncovered')];
  left.sort((first, second) => first.file.localeCompare(second.file) || first.line - second.line);
  const share = ((100 * (killed + timeouts)) / mutants.length).toFixed(1);
  for (const { file, line, mutator, original, replacement, status } of left)
    console.log(`${status} ${file}:${line} ${mutator}\n- ${original}\n+ ${replacement}`);
  console.log(
    `${name}: ${share} % of ${mutants.length} found (${killed} by a failing test, ${timeouts} by never ending); ${of('survived').length} survived, ${of('uncovered').length} come by no test`,
  );
}
