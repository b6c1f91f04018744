/** Keeps the page for when there is no network; says whether it does. */
export async function workOffline(): Promise<string> {
  if (!('serviceWorker' in navigator)) return 'This browser can’t keep the page for when you are offline.';
  try {
    await navigator.serviceWorker.register('service-worker.js');
    await navigator.serviceWorker.ready;
    return 'Works offline from now on.';
  } catch {
    return 'The page could not be kept for when you are offline.';
  }
}
