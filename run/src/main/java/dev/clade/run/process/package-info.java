/// Programs of other people as children of this process: how they are started, what they are given (variables,
/// devices),
/// where what they print is kept, and that nothing of them outlives Clade.
@NullMarked
package dev.clade.run.process;

import org.jspecify.annotations.NullMarked;
