/// Randomness as a pure function of a key: never ambient, never shared, the same in every order of arrival.
@NullMarked
package dev.clade.random;

import org.jspecify.annotations.NullMarked;
