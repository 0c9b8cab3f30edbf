/**
 * Names of elements, apart from `shape.ts`: the XML readers then share no code with what a page loads first.
 * @module
 */

/**
 * The element that holds a property.
 * @param property name of the property
 * @param field its field
 */
export function elementOf(property: string, field: { readonly element?: string | undefined }): string {
  return field.element ?? property.charAt(0).toUpperCase() + property.slice(1);
}
