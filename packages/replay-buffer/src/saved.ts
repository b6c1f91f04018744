// What puts a replay buffer into bytes and back: for who saves one, so that who replays alone does not load it.
export { loadReplay, saveReplay, type SavableReplay } from './saved-replay.js';
