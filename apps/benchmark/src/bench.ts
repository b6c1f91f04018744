import { Command } from 'commander';

const program = new Command('bench').description('Measures how well and how fast agents learn.');

program
  .command('pendulum')
  .description('DDPG and TD3 on Pendulum-v1: mean return of 100 episodes after 10,000 steps, five seeds each')
  .option('--quick', 'one seed of each, and an error where one stays below −200')
  .action(async ({ quick = false }: { quick?: boolean }) => {
    const { benchPendulum } = await import('./pendulum.js');
    await benchPendulum({ seeds: quick ? [1] : [1, 2, 3, 4, 5] });
  });

await program.parseAsync();
