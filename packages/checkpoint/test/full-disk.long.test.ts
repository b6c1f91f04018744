import { testFullDisk } from './full-disk.suite.js';

testFullDisk([0, 100, 1_000]); // before the first piece is written; after it in the quick tests
