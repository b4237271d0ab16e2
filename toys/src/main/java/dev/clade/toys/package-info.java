/// Problems without tensors: they train in microseconds, and what must be seen on them is known.
@NullMarked
package dev.clade.toys;

import org.jspecify.annotations.NullMarked;
