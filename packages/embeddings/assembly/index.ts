export { packBlock } from './block';
export { scan } from './scan';
