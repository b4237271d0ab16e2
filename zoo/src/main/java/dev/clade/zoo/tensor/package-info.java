/// A thin facade over libtorch: what models need, and nothing of the binding below. No other package names
/// `org.bytedeco`, so that another tensor library would change this package alone.
///
/// Read [dev.clade.zoo.tensor.Tensor] first, then [dev.clade.zoo.tensor.Scope], which frees tensors,
/// [dev.clade.zoo.tensor.Parameters], which keep what is learned, and [dev.clade.zoo.tensor.Sgd] and
/// [dev.clade.zoo.tensor.Adam], which learn. Platform threads only: libtorch keeps the gradient mode in the
/// thread, and a virtual thread changes its carrier.
@NullMarked
package dev.clade.zoo.tensor;

import org.jspecify.annotations.NullMarked;
