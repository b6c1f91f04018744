import './helper-threads.test.js'; // with all of its runs, by threads of its own
