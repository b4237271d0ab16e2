/// A thin facade over libtorch: what models need, and nothing of the binding below. No other package names
/// `org.bytedeco`, so that another tensor library would change this package alone.
///
/// Read [dev.clade.zoo.tensor.Tensor] first, then [dev.clade.zoo.tensor.Scope], which frees tensors,
/// [dev.clade.zoo.tensor.Parameters], which keep what is learned, and [dev.clade.zoo.tensor.Sgd],
/// [dev.clade.zoo.tensor.RmsProp] and [dev.clade.zoo.tensor.Adam], which learn; [dev.clade.zoo.tensor.Stack] and
/// what is called stacked do so for several models at once. Platform threads only: libtorch keeps the gradient mode in
/// the
/// thread, and a virtual thread changes its carrier.
@NullMarked
package dev.clade.zoo.tensor;

import org.jspecify.annotations.NullMarked;
