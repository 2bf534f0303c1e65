export { createDownload, type Download } from './download/download.service.ts';
export { flowRoutes } from './flow/flow.routes.ts';
export { updateObject } from './object-rows.ts';
export { createPings, type Pings } from './pings.ts';
export { holdingGrants } from './rights.ts';
export { syncRoutes } from './sync.routes.ts';
export { createUpload, type Upload } from './upload/upload.service.ts';
export { NO_PLACE, viewpointOf } from './viewpoint.ts';
