import '../on-wasm.js';
import { testUpdates, variants } from './fused-update.suite.js';

testUpdates(Object.keys(variants).filter((name) => name !== 'its defaults'));
