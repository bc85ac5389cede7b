/** One product of an order. */
type OrderItem = {
  /** The business's own name for the product. */
  productRetailerId: string | null;
  quantity: number | null;
  /** The price of one, in units of the currency, as Meta gives it. */
  itemPrice: number | null;
  /** ISO 4217, such as `BRL`. */
  currency: string | null;
};

/** A cart that somebody sent. */
export type OrderContent = {
  type: 'order';
  catalogId: string | null;
  /** What they wrote with it. */
  text: string | null;
  items: OrderItem[];
};
