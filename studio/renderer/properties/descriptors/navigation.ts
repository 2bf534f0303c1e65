import { type Descriptors, plainly } from './descriptor.ts';

export const NAVIGATION: Descriptors = {
  navigationProfile: {
    groups: [
      { id: 'general', keys: ['name', 'documentation', 'profile'] },
      { id: 'pages', keys: ['homePage', 'homePageByRole', 'signInPage'] },
      { id: 'menu', keys: ['menu'] },
      { id: 'synchronization', keys: ['synchronization'] },
    ],
  },
  homePage: plainly('page', 'nanoflow'),
  homePageByRole: { ...plainly('role', 'page', 'nanoflow'), columns: ['role', 'page', 'nanoflow'] },
  synchronization: plainly('triggers', 'entities', 'additional', 'members', 'files', 'flows'),
  triggers: plainly('onStart', 'onReconnect', 'afterSave', 'everyMinutes', 'onPush', 'pullToRefresh'),
  entities: plainly('mode', 'constraint'),
  flows: plainly('afterStart', 'onReconnect', 'beforeSynchronize', 'afterSynchronize'),
  files: plainly('when', 'unmeteredOnly'),
};
