export { folderStorage } from '@rl-recsys/storage/folder';
