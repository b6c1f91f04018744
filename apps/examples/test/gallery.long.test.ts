import { long, testGallery } from './gallery.js';

testGallery(long);
