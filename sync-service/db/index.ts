export { openSqliteDatabase } from './sqlite-database.ts';
