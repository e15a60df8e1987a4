/** Why the language model wrote nothing: shown to people as the job's error. */
export const modelFailures = {
  MODEL_UNAVAILABLE: "The language model does not answer; try again later.",
  MODEL_REFUSED: "The language model refuses the requests of this service; its address, key or name must be looked at.",
  MODEL_INVALID: "The language model answered twice in a form that cannot be used; try again, or with other documents.",
} as const;

export type ModelFailureCode = keyof typeof modelFailures;

/** The language model did not do its part. Trying again later may mend it. */
export class ModelFailure extends Error {
  constructor(
    readonly code: ModelFailureCode,
    options?: ErrorOptions,
  ) {
    super(modelFailures[code], options);
    this.name = "ModelFailure";
  }
}
