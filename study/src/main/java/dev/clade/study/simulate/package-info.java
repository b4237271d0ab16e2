/// Experiments in virtual time: what would happen, before anything is spent.
@NullMarked
package dev.clade.study.simulate;

import org.jspecify.annotations.NullMarked;
