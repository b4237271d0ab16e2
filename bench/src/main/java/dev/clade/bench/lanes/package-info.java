/// Members in lanes against members alone: `bench/run lanes`. [dev.clade.bench.lanes.LaneRates] is the program;
/// `Crews`,
/// what is measured; `Ratio`, what came of it.
@NullMarked
package dev.clade.bench.lanes;

import org.jspecify.annotations.NullMarked;
