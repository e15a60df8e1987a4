import { registerEnumType } from "type-graphql";

type Upper<Values extends readonly string[]> = { readonly [Value in Values[number] as Uppercase<Value>]: Value };

/**
 * The GraphQL enum of a value set: the same words in upper case, standing for the database's.
 * Every value needs a description.
 */
export function enumOf<const Values extends readonly string[]>(
  name: string,
  description: string,
  values: Values,
  descriptions: { readonly [Value in Values[number]]: string },
): Upper<Values> {
  const members = Object.fromEntries(values.map((value) => [value.toUpperCase(), value])) as Upper<Values>;
  registerEnumType(members, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      values.map((value) => [value.toUpperCase(), { description: descriptions[value as Values[number]] }]),
    ) as never,
  });
  return members;
}
