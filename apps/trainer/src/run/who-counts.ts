import type { Table } from './table.js';

/** How many users a table is about, and why others are not in it. */
export function whoCounts(table: Table, protocol: 'fullRanking' | 'reranking'): string {
  const { cutoff, users, precisionUsers, ndcgUsers } = table[protocol];
  const [all, most, some] = [users, precisionUsers, ndcgUsers].map(count);
  return protocol === 'fullRanking'
    ? `${some} of ${all} users, who had ${cutoff} or more items left and liked one later`
    : `${most} of ${all} users, who rated ${cutoff} or more items later (NDCG: ${some}, who liked one)`;
}

const grouped = new Intl.NumberFormat('en-GB');

function count(users: number): string {
  return grouped.format(users);
}
