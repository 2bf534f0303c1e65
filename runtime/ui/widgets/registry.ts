import type { WidgetKind } from '@skerry/shared/metamodel/widget';
import type { ComponentType } from 'react';
import { PagePlaceholder } from '../shell/page-placeholder.tsx';
import { ButtonWidget } from './buttons.tsx';
import {
  ColumnsWidget,
  ContainerWidget,
  DataViewWidget,
  GroupBoxWidget,
  SnippetCallWidget,
  TabsWidget,
} from './containers.tsx';
import {
  FileUploadWidget,
  ImageUploadWidget,
  ImageViewerWidget,
  ImageWidget,
  SignatureWidget,
} from './files/file-widgets.tsx';
import { CheckBoxWidget, DropDownWidget, RadioButtonsWidget } from './inputs/choices.tsx';
import { DatePickerWidget } from './inputs/date-picker.tsx';
import { BarcodeWidget, LocationWidget, ValidationMessageWidget } from './inputs/more-inputs.tsx';
import { ReferenceSelectorWidget } from './inputs/reference-selectors.tsx';
import { NumberInputWidget, TextAreaWidget, TextBoxWidget } from './inputs/text-inputs.tsx';
import { DataGridWidget, GalleryWidget, ListViewWidget } from './lists.tsx';
import { MenuWidget } from './system/menu-widget.tsx';
import { LoginNameWidget, PasswordWidget } from './system/sign-in-widgets.tsx';
import { CustomWidget, OpaqueWidget } from './system/strangers.tsx';
import { ConflictInboxWidget, SyncStatusWidget } from './system/sync-widgets.tsx';
import { DividerWidget, DynamicTextWidget, TextWidget, TitleWidget } from './texts.tsx';
import type { WidgetProps } from './widget-view.tsx';

/** One row per kind of widget; a kind without a renderer does not compile. */
export const WIDGETS: { readonly [K in WidgetKind]: ComponentType<WidgetProps<K>> } = {
  container: ContainerWidget,
  columns: ColumnsWidget,
  tabs: TabsWidget,
  groupBox: GroupBoxWidget,
  text: TextWidget,
  dynamicText: DynamicTextWidget,
  title: TitleWidget,
  image: ImageWidget,
  divider: DividerWidget,
  button: ButtonWidget,
  dataView: DataViewWidget,
  listView: ListViewWidget,
  gallery: GalleryWidget,
  dataGrid: DataGridWidget,
  textBox: TextBoxWidget,
  textArea: TextAreaWidget,
  checkBox: CheckBoxWidget,
  radioButtons: RadioButtonsWidget,
  dropDown: DropDownWidget,
  datePicker: DatePickerWidget,
  numberInput: NumberInputWidget,
  referenceSelector: ReferenceSelectorWidget,
  referenceSetSelector: ReferenceSelectorWidget,
  fileUpload: FileUploadWidget,
  imageUpload: ImageUploadWidget,
  imageViewer: ImageViewerWidget,
  barcode: BarcodeWidget,
  signature: SignatureWidget,
  location: LocationWidget,
  snippetCall: SnippetCallWidget,
  syncStatus: SyncStatusWidget,
  conflictInbox: ConflictInboxWidget,
  validationMessage: ValidationMessageWidget,
  loginName: LoginNameWidget,
  password: PasswordWidget,
  menu: MenuWidget,
  placeholder: PagePlaceholder,
  custom: CustomWidget,
  opaque: OpaqueWidget,
};
