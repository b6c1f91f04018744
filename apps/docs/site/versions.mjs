/** Versions as the folders name them, the newest first: v0.10 before v0.9. */
export function newestFirst(versions) {
  const parts = (name) => name.slice(1).split('.').map(Number);
  return versions.toSorted((a, b) => parts(b)[0] - parts(a)[0] || parts(b)[1] - parts(a)[1]);
}

/** The page of all versions. At the top of the site it leads on to the newest at once; `up` is the way to there from elsewhere. */
export function versionsPage(versions, up = '') {
  const [newest, ...older] = newestFirst(versions);
  const refresh = up === '' ? `<meta http-equiv="refresh" content="0; url=${newest}/">` : '';
  const item = (name, note = '') => `<li><a href="${up}${name}/">${name}</a>${note}</li>`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}
<title>rl-recsys: versions</title>
<style>body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }</style>
<h1>Versions of these pages</h1>
<ul>${[item(newest, ', the newest'), ...older.map((name) => item(name))].join('')}</ul>
</html>
`;
}
