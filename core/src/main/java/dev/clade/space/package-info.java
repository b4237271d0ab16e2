/// What may be tuned: domains, parameters, the search space, and the values drawn from it.
@NullMarked
package dev.clade.space;

import org.jspecify.annotations.NullMarked;
