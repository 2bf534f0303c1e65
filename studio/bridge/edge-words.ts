/** Names that both ends of an edge must agree on before a channel stands. */

/** Subprotocol of the web socket; the session's secret stands beside it, where no log of addresses shows it. */
export const SOCKET_PROTOCOL = 'skerry-bridge';
/** Path of the web socket. */
export const SOCKET_PATH = '/bridge';
/** Exchanges a token for a session (POST), and says whether a session is known (GET). */
export const SESSION_PATH = '/session';
/** A desktop window asks its preload script for the port, and gets it under the second name. */
export const PORT_WANTED = 'skerry-port-wanted';
export const PORT_GIVEN = 'skerry-port-given';
/** The desktop's menus name an action of the workbench. */
export const MENU_ACTION = 'skerry-menu-action';
export const CHOOSE_FOLDER = 'skerry-choose-folder';
/** Where the workbench's server gives out the frame for live pages. */
export const LIVE_PATH = '/live';
