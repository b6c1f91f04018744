import { agents, testAgents } from './every-agent.suite.js';

/** Those with more options than an agent needs, which are in the long tests. */
const withMore = ['TD3', 'SAC with all of it', 'DQN with all of it'];
testAgents(Object.keys(agents).filter((name) => !withMore.includes(name)));
