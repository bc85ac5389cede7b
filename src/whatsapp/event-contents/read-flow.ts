import type { FlowContent } from '../../domain/event-content/flow.ts';
import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import { readDecimal, readList, readText } from '../wire-values.ts';

/** The value of `flows` (meta-facts §3.1). */
export function readFlow(value: JsonObject): FlowContent {
  const event = readText(value.event);
  const flow = {
    event,
    flowId: readText(value.flow_id),
    message: readText(value.message) ?? readText(value.warning),
  };
  const alert = { alertState: readText(value.alert_state), threshold: readDecimal(value.threshold) };
  switch (event) {
    case 'FLOW_STATUS_CHANGE':
      return {
        form: 'status',
        ...flow,
        formerStatus: readText(value.old_status),
        status: readText(value.new_status),
      };
    case 'CLIENT_ERROR_RATE':
    case 'ENDPOINT_ERROR_RATE':
      return {
        form: 'error-rate',
        ...flow,
        ...alert,
        errorRate: readDecimal(value.error_rate),
        errors: readList(value.errors)
          .filter(isJsonObject)
          .map((error) => ({
            type: readText(error.error_type),
            rate: readDecimal(error.error_rate),
            count: readDecimal(error.error_count),
          })),
      };
    case 'ENDPOINT_LATENCY':
      return {
        form: 'latency',
        ...flow,
        ...alert,
        p90: readDecimal(value.p90_latency),
        p50: readDecimal(value.p50_latency),
        requests: readDecimal(value.requests_count),
      };
    case 'FLOW_VERSION_EXPIRY_WARNING':
      return { form: 'version-expiry', ...flow };
    default:
      return { form: 'other', ...flow };
  }
}
