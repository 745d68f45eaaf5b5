/** All of the service that the demo needs to run it, and to get in its way. */
export { dataSource, pool } from './database.js';
export { cutIdle } from './outage.js';
export { reset } from './schema.js';
export { server } from './server.js';
