export {
  type DeviceListener,
  type DeviceListenerOptions,
  type Listening,
  listen,
  openDeviceListener,
} from './device-listener.ts';
