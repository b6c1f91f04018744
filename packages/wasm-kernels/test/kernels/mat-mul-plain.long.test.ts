import './mat-mul-plain.test.js'; // with all of its runs, by kernels of its own
