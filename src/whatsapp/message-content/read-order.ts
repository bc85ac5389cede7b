import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import type { OrderContent } from '../../domain/message-content/order.ts';
import { readDecimal, readList, readObject, readText } from '../wire-values.ts';

/** A cart (meta-facts §4.2). What is no product is left out. */
export function readOrder(element: JsonObject): OrderContent {
  const order = readObject(element.order);
  return {
    type: 'order',
    catalogId: readText(order?.catalog_id),
    text: readText(order?.text),
    items: readList(order?.product_items)
      .filter(isJsonObject)
      .map((item) => ({
        productRetailerId: readText(item.product_retailer_id),
        quantity: readDecimal(item.quantity),
        itemPrice: readDecimal(item.item_price),
        currency: readText(item.currency),
      })),
  };
}
