// The quick tests that try shapes at random, with all of their runs.
import './kernels/attention.test.js';
import './kernels/mat-mul.test.js';
import './kernels/parts.test.js';
import './kernels/rows.test.js';
import './operations/dense-stack.test.js';
import './operations/dropout.test.js';
import './operations/gru-states.test.js';
