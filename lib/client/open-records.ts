/** Entry points open the records through here; the store itself is not theirs to see. */
export { databaseOnDemand } from '../store/on-demand.ts';
