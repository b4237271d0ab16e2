/// Statistics of few, costly samples: centres, intervals, differences by pair, probabilities of being
/// better, curves. Pure: what is drawn is drawn by key, so that equal samples give equal intervals.
@NullMarked
package dev.clade.study.statistics;

import org.jspecify.annotations.NullMarked;
