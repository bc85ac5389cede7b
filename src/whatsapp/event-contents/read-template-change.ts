import type { TemplateButton, TemplateChangeContent } from '../../domain/event-content/template.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { readList, readMilliseconds, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';

type Form = TemplateChangeContent['form'];

const forms: ReadonlyMap<string | null, Form> = new Map<string | null, Form>([
  ['message_template_status_update', 'status'],
  ['message_template_quality_update', 'quality'],
  ['message_template_components_update', 'components'],
  ['template_category_update', 'category'],
  ['template_correct_category_detection', 'category-detection'],
]);

/** The value of a `message_template_*` or `template_*` field (meta-facts §3.1). */
export function readTemplateChange(value: JsonObject, { field }: Around): TemplateChangeContent {
  const template = {
    templateId: readText(value.message_template_id),
    name: readText(value.message_template_name),
    language: readText(value.message_template_language),
  };
  const form = forms.get(field) ?? formByContent(value);
  switch (form) {
    case 'status':
      return { form, ...template, ...readStatusChange(value) };
    case 'quality':
      return {
        form,
        ...template,
        formerQuality: readText(value.previous_quality_score),
        quality: readText(value.new_quality_score),
      };
    case 'category':
      return {
        form,
        ...template,
        formerCategory: readText(value.previous_category),
        category: readText(value.new_category),
        correctCategory: readText(value.correct_category),
        changesAt: readMilliseconds(value.category_update_timestamp),
      };
    case 'category-detection':
      return {
        form,
        ...template,
        category: readText(value.category),
        correctCategory: readText(value.correct_category),
      };
    case 'components':
      return {
        form,
        ...template,
        title: readText(value.message_template_title),
        body: readText(value.message_template_element),
        footer: readText(value.message_template_footer),
        buttons: readButtons(value.message_template_buttons),
      };
    case 'other':
      return { form, ...template, event: readText(value.event) };
  }
}

function formByContent(value: JsonObject): Form {
  if (value.new_quality_score !== undefined) return 'quality';
  if (value.new_category !== undefined) return 'category';
  if (value.correct_category !== undefined) return 'category-detection';
  if (value.message_template_element !== undefined) return 'components';
  return value.event !== undefined && value.reason !== undefined ? 'status' : 'other';
}

function readStatusChange(value: JsonObject) {
  const reason = readText(value.reason);
  const other = readObject(value.other_info);
  const rejection = readObject(value.rejection_info);
  return {
    event: readText(value.event),
    category: readText(value.message_template_category),
    reason: reason === 'NONE' ? null : reason,
    disableDate: readText(readObject(value.disable_info)?.disable_date),
    other: other && { title: readText(other.title), description: readText(other.description) },
    rejection: rejection && {
      reason: readText(rejection.reason),
      recommendation: readText(rejection.recommendation),
    },
  };
}

function readButtons(list: Json | undefined): TemplateButton[] {
  return readList(list)
    .filter(isJsonObject)
    .map((button) => ({
      type: readText(button.message_template_button_type),
      text: readText(button.message_template_button_text),
      url: readText(button.message_template_button_url),
      phoneNumber: readText(button.message_template_button_phone_number),
    }));
}
