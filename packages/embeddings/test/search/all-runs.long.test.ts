// The quick tests that draw tables, queries and changes, with all of their runs.
import './inner-product-search-bounds.test.js';
import './inner-product-search-changes.test.js';
import './inner-product-search-properties.test.js';
