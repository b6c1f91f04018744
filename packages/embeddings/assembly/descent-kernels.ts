export { ascendPreferences } from './bpr';
export { descendRatings } from './sgd';
