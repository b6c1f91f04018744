export { addPanelProducts, packColumns, packRows } from './panels';
