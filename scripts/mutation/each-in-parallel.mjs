/** Calls `work` with each of `list`, `jobs` at a time. */
export async function eachInParallel(list, jobs, work) {
  const left = [...list];
  const worker = async () => {
    for (let each = left.shift(); each !== undefined; each = left.shift()) await work(each);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}
