import { Checkbox } from '../../design/checkbox.tsx';
import type { FieldProps } from '../field-control.tsx';
import { useField, useForm } from '../form-context.tsx';

export function FlagField({ path, label }: FieldProps) {
  const form = useForm();
  const { value, isMixed } = useField(path);
  return (
    <Checkbox
      label={label}
      hideLabel
      checked={value === true}
      isMixed={isMixed}
      disabled={form.isReadOnly}
      onChange={(checked) => form.write(path, checked)}
    />
  );
}
