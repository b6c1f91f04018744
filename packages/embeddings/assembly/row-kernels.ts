export { addRows } from './add-rows';
export { dotRows } from './dot-rows';
