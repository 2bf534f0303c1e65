/** Version of this runtime, which bundles may ask for: the package's. */
export const RUNTIME_VERSION = '0.1.0';
