/// Which population, interval and rule to take for so many slots and so much time.
@NullMarked
package dev.clade.study.plan;

import org.jspecify.annotations.NullMarked;
