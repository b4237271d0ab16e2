/// What went wrong, said so that a person can mend it.
@NullMarked
package dev.clade.fault;

import org.jspecify.annotations.NullMarked;
