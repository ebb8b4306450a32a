import * as tf from "@tensorflow/tfjs";

/**
 * Differentiates one member of a record, `total`, and keeps the others, which are there to be logged. Each of the
 * variables must take part in it.
 * @returns the record and d total / d variable, in the order of `variables`; the caller disposes of all of them
 */
export function lossesAndGradients<Losses extends { readonly total: tf.Scalar }>(
  variables: readonly tf.Variable[],
  computeLosses: () => Losses,
): { losses: Losses; gradients: tf.Tensor[] } {
  return tf.tidy(() => {
    let losses: Losses | undefined;
    const { grads } = tf.variableGrads(() => {
      losses = computeLosses();
      for (const loss of Object.values(losses) as tf.Tensor[]) tf.keep(loss);
      return losses.total;
    }, variables as tf.Variable[]);
    const gradients = variables.map((variable) => grads[variable.name] as tf.Tensor);
    return { losses: losses as Losses, gradients };
  });
}
