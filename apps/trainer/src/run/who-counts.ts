import type { Ranked } from './columns.js';
import type { Table } from './table.js';
import { USUAL_CUTOFFS } from './usual-cutoffs.js';

/** How many users a part of the table is about, why others are not in it, and why K is less than usual where it is. */
export function whoCounts(table: Table, part: Ranked): string {
  const { cutoff, users, precisionUsers, ndcgUsers } = table[part];
  const [all, most, some] = [users, precisionUsers, ndcgUsers].map(count);
  const who =
    part === 'fullRanking'
      ? `${some} of ${all} users, who had ${cutoff} or more items left and liked one later`
      : `${most} of ${all} users, who rated ${cutoff} or more items later (NDCG: ${some}, who liked one)`;
  return cutoff < USUAL_CUTOFFS[part] ? `${who}; K is ${cutoff}, the most that half of the users allow` : who;
}

const grouped = new Intl.NumberFormat('en-GB');

function count(users: number): string {
  return grouped.format(users);
}
